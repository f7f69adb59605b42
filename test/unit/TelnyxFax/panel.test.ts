import type { INodeParameters, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { TelnyxFax } from '../../../nodes/TelnyxFax/TelnyxFax.node';
import { TelnyxFaxTrigger } from '../../../nodes/TelnyxFaxTrigger/TelnyxFaxTrigger.node';

/** The fields that the panel shows, in their order, below Resource and Operation. */
function fieldsOf({ description }: INodeType, given: INodeParameters): string[] {
	const { properties } = description;
	const node = { typeVersion: 1 };
	const values =
		NodeHelpers.getNodeParameters(properties, given, true, false, node, description) ?? {};
	return properties
		.filter((property) => NodeHelpers.displayParameter(values, property, node, description))
		.map(({ name }) => name)
		.filter((name) => name !== 'resource' && name !== 'operation');
}

const sender = ['faxApplicationId', 'from', 'to', 'documentSource'];

const list = ['returnAll', 'limit'];

describe('The panel of Telnyx Fax', () => {
	const panel = (given: INodeParameters) => fieldsOf(new TelnyxFax(), given);

	it.each([
		['fax', 'send', [...sender, 'binaryPropertyName', 'simplify', 'options']],
		['fax', 'sendAndWaitForResult', [...sender, 'binaryPropertyName', 'waitNotice', 'options']],
		['fax', 'get', ['faxId', 'simplify', 'options']],
		['fax', 'getAll', [...list, 'filters', 'simplify', 'options']],
		['fax', 'download', ['faxId', 'file', 'binaryPropertyName', 'options']],
		['fax', 'cancel', ['faxId', 'simplify', 'options']],
		['fax', 'refresh', ['faxId', 'simplify', 'options']],
		['fax', 'delete', ['faxId']],
		[
			'faxApplication',
			'create',
			['applicationName', 'webhookEventUrl', 'simplify', 'additionalFields'],
		],
		['faxApplication', 'get', ['faxApplicationId', 'simplify']],
		['faxApplication', 'getAll', [...list, 'sort', 'filters', 'simplify']],
		['faxApplication', 'update', ['faxApplicationId', 'simplify', 'updateFields']],
		['faxApplication', 'delete', ['faxApplicationId']],
		['faxApplication', 'checkSetup', ['faxApplicationId', 'phoneNumber']],
		['phoneNumber', 'getAll', [...list, 'filters', 'simplify']],
		['phoneNumber', 'assign', ['phoneNumberId', 'faxApplicationId', 'simplify']],
	])(
		'shows for %s: %s what the operation needs, and nothing else',
		(resource, operation, fields) => {
			expect(panel({ resource, operation })).toEqual(fields);
		},
	);

	it.each([
		['binary', 'binaryPropertyName'],
		['url', 'mediaUrl'],
		['mediaName', 'mediaName'],
	])('asks for one document source only: %s', (documentSource, field) => {
		const shown = panel({ resource: 'fax', operation: 'send', documentSource });

		expect(shown).toEqual([...sender, field, 'simplify', 'options']);
	});

	it('hides the limit where all results are wanted', () => {
		expect(panel({ resource: 'fax', operation: 'getAll', returnAll: true })).not.toContain('limit');
	});

	it('needs no more than a file and a number to send a fax', () => {
		const { properties } = new TelnyxFax().description;
		const shown = panel({ resource: 'fax', operation: 'send' });
		const forSend = properties.filter(
			({ name, displayOptions }) =>
				shown.includes(name) && displayOptions?.show?.operation?.includes('send'),
		);
		const required = forSend.filter((property) => property.required && property.default === '');

		expect(required.map(({ name }) => name)).toEqual(['to']);
	});
});

describe('The panel of Telnyx Fax Trigger', () => {
	const panel = (given: INodeParameters) => fieldsOf(new TelnyxFaxTrigger(), given);

	it('asks for the application and the events', () => {
		expect(panel({})).toEqual([
			'faxApplicationId',
			'events',
			'downloadDocument',
			'simplify',
			'options',
		]);
	});

	it('asks for the name of the file field only where the document is downloaded', () => {
		expect(panel({ downloadDocument: true })).toContain('binaryPropertyName');
	});

	it('says where to put the URL only where the user registers it', () => {
		expect(panel({ options: { webhookRegistration: 'manual' } })).toContain('manualNotice');
	});
});
