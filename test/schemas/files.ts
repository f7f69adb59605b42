/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: reads the schema files */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const nodes = resolve(__dirname, '..', '..', 'nodes');

/** Where n8n looks for the preview of an operation's output. */
export function schemaFile(resource: string, operation: string): string {
	return resolve(nodes, 'TelnyxFax', '__schema__', 'v1.0.0', resource, `${operation}.json`);
}

/** The same for the trigger, which has no operations. */
export const triggerSchemaFile = resolve(nodes, 'TelnyxFaxTrigger', '__schema__', 'v1.0.0.json');

/** The schema in a file; throws when there is none. */
export async function readSchema(path: string): Promise<object> {
	return JSON.parse(await readFile(path, 'utf8'));
}
