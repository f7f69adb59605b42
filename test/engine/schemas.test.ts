import Ajv from 'ajv';

import { TelnyxFax } from '../../nodes/TelnyxFax/TelnyxFax.node';
import { offeredOperations } from '../package/operations';
import { readSchema, schemaFile } from '../schemas/files';
import { operationOutputs } from '../schemas/outputs';
import type { OperationOutput } from '../schemas/outputs';

const telnyxFax = new TelnyxFax();

const operations = offeredOperations(telnyxFax.description.properties).map(
	({ resource, operation }): [string, string] => [String(resource.value), String(operation.value)],
);

describe('The output previews', () => {
	// `version` is n8n's own.
	const ajv = new Ajv({ allowUnionTypes: true }).addVocabulary(['version']);
	let outputs: OperationOutput[];

	beforeAll(async () => {
		outputs = await operationOutputs(telnyxFax);
	}, 60_000);

	it.each(operations)(
		'show for %s: %s every field that really comes out',
		async (resource, operation) => {
			const { items } = outputs.find(
				(output) => output.resource === resource && output.operation === operation,
			) ?? { items: [] };
			const schema = await readSchema(schemaFile(resource, operation));
			const validate = ajv.compile({ ...schema, additionalProperties: false });

			expect(items).not.toHaveLength(0);
			for (const item of items) {
				validate(item);
				expect(validate.errors ?? []).toEqual([]);
			}
		},
	);
});
