import { TelnyxFax } from '../../../nodes/TelnyxFax/TelnyxFax.node';
import { offeredOperations } from '../../package/operations';
import { readSchema, schemaFile, triggerSchemaFile } from '../../schemas/files';
import type { Fixture } from '../fixtures';

const operations = offeredOperations(new TelnyxFax().description.properties).map(
	({ resource, operation }): [string, string] => [String(resource.value), String(operation.value)],
);

/** The previews that the editor shows before a node has run. */
export function schemaCases(fixture: Fixture): void {
	it.each(operations)('n8n serves the preview of %s: %s', async (resource, operation) => {
		const { client } = fixture.testBed.n8n;
		const path = `n8n-nodes-telnyx-fax.telnyxFax/1.0.0/${resource}/${operation}`;

		expect(await client.outputSchema(path)).toEqual(
			await readSchema(schemaFile(resource, operation)),
		);
	});

	it('n8n serves the preview of the trigger', async () => {
		const { client } = fixture.testBed.n8n;

		expect(await client.outputSchema('n8n-nodes-telnyx-fax.telnyxFaxTrigger/1.0.0')).toEqual(
			await readSchema(triggerSchemaFile),
		);
	});
}
