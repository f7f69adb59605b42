/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: writes the schema files */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { format, resolveConfig } from 'prettier';

// With its extension: without it, Node would take the node's codex, which is JSON.
import { TelnyxFax } from '../../nodes/TelnyxFax/TelnyxFax.node.js';
import { schemaFile, triggerSchemaFile } from './files';
import { schemaOf } from './infer';
import { furtherItems, operationOutputs, triggerItems } from './outputs';

/** Writes the schema of an operation's output. */
async function writeSchema(path: string, schema: object): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	const options = { ...(await resolveConfig(path)), filepath: path };
	await writeFile(path, await format(JSON.stringify(schema, null, '\t'), options));
}

/** Writes the previews that n8n's editor shows before a node has run, from real outputs. */
async function generate(): Promise<void> {
	for (const { resource, operation, items } of await operationOutputs(new TelnyxFax())) {
		const all = [...items, ...(furtherItems[`${resource}/${operation}`] ?? [])];
		await writeSchema(schemaFile(resource, operation), { ...schemaOf(all), version: 1 });
	}
	await writeSchema(triggerSchemaFile, { ...schemaOf(triggerItems()), version: 1 });
}

void generate();
