import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../shared/errors';
import { faxApplicationPath, getFaxApplication, telnyxData } from '../../../shared/resources';
import { faxApplicationId, simplify } from '../fields';
import { inOrder, shownFor } from '../operation';
import { simplifyFaxApplication, toItems } from '../output';
import { chosenFaxApplication, collectionParam, webUrl } from '../params';
import { settings, settingsBody } from './settings';

const updateFields: INodeProperties[] = [
	...settings,
	{
		displayName: 'Application Name',
		name: 'applicationName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Clinic intake',
		description: 'A name to recognize the application by',
	},
	{
		displayName: 'Fax Email Recipient',
		name: 'faxEmailRecipient',
		type: 'string',
		default: '',
		placeholder: 'e.g. intake@example.com',
		description: 'Telnyx also mails received faxes to this address. Empty for none.',
	},
	{
		displayName: 'Webhook Event URL',
		name: 'webhookEventUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/fax-events',
		description: 'Where Telnyx sends the events of the application',
	},
];

export const description = shownFor(
	'faxApplication',
	['update'],
	[
		faxApplicationId,
		simplify,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'The settings to change. All others stay as they are.',
			options: inOrder(updateFields),
		},
	],
);

export async function check(this: IExecuteFunctions, itemIndex: number) {
	const id = await chosenFaxApplication.call(this, itemIndex);
	const set = collectionParam(this, 'updateFields', itemIndex);
	if (Object.keys(set).length === 0) {
		throw new InputError(
			`Nothing to update in item ${itemIndex}`,
			'Add the settings to change under Update Fields',
		);
	}
	const name = 'applicationName' in set ? String(set.applicationName ?? '').trim() : undefined;
	if (name === '') {
		throw new InputError(
			`The field "Application Name" of item ${itemIndex} is empty`,
			'Enter a name, or remove the field',
		);
	}
	const url =
		'webhookEventUrl' in set
			? webUrl(set.webhookEventUrl, 'Webhook Event URL', itemIndex)
			: undefined;
	settingsBody(set, itemIndex);
	return { id, set, name, url };
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { id, set, name, url } = await check.call(this, itemIndex);
	const current = await getFaxApplication(this, id);
	const application = await telnyxData(this, {
		method: 'PATCH',
		path: faxApplicationPath(id),
		json: {
			// Telnyx demands these two with every change.
			application_name: name ?? current.application_name,
			webhook_event_url: url ?? current.webhook_event_url,
			...settingsBody(set, itemIndex, current),
		},
	});
	return toItems(this, itemIndex, [application], simplifyFaxApplication);
}
