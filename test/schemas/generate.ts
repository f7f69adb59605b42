// With its extension: without it, Node would take the node's codex, which is JSON.
import { TelnyxFax } from '../../nodes/TelnyxFax/TelnyxFax.node.js';
import { schemaFile, triggerSchemaFile, writeSchema } from './files';
import { schemaOf } from './infer';
import { furtherItems, operationOutputs, triggerItems } from './outputs';

/** Writes the previews that n8n's editor shows before a node has run, from real outputs. */
async function generate(): Promise<void> {
	for (const { resource, operation, items } of await operationOutputs(new TelnyxFax())) {
		const all = [...items, ...(furtherItems[`${resource}/${operation}`] ?? [])];
		await writeSchema(schemaFile(resource, operation), { ...schemaOf(all), version: 1 });
	}
	await writeSchema(triggerSchemaFile, { ...schemaOf(triggerItems()), version: 1 });
}

void generate();
