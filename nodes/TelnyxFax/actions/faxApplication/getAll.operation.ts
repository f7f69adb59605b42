import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { InputError } from '../../../shared/errors';
import { telnyxList } from '../../../shared/pagination';
import { limit, returnAll, simplify } from '../fields';
import { shownFor } from '../operation';
import { simplifyFaxApplication, toItems } from '../output';
import { choice, collectionParam, limitParam, textParam } from '../params';

const orders = [
	{ name: 'Active First', value: '-active' },
	{ name: 'Inactive First', value: 'active' },
	{ name: 'Name (A-Z)', value: 'application_name' },
	{ name: 'Name (Z-A)', value: '-application_name' },
	{ name: 'Newest First', value: '-created_at' },
	{ name: 'Oldest First', value: 'created_at' },
	{ name: 'Telnyx Default', value: '' },
];

export const description = shownFor(
	'faxApplication',
	['getAll'],
	[
		returnAll,
		limit,
		{
			displayName: 'Sort',
			name: 'sort',
			type: 'options',
			default: '',
			description: 'The order of the applications',
			options: orders,
		},
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Application Name',
					name: 'applicationName',
					type: 'string',
					default: '',
					placeholder: 'e.g. clinic',
					description: 'Only applications whose name contains this text of at least 3 characters',
				},
				{
					displayName: 'Outbound Voice Profile ID',
					name: 'outboundVoiceProfileId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1293384261075731499',
					description: 'Only applications with this outbound voice profile',
				},
			],
		},
		simplify,
	],
);

function queryOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const { applicationName, outboundVoiceProfileId } = collectionParam(
		context,
		'filters',
		itemIndex,
	);
	const values = orders.flatMap(({ value }) => value || []);
	const sort = choice(textParam(context, 'sort', itemIndex), 'Sort', itemIndex, values);
	const name = String(applicationName ?? '').trim();
	if (name !== '' && name.length < 3) {
		throw new InputError(
			`The filter "Application Name" of item ${itemIndex} is "${name}", and Telnyx needs at least 3 characters`,
			'Enter a longer part of the name, or remove the filter',
		);
	}
	return {
		...(sort && { sort }),
		...(name !== '' && { 'filter[application_name][contains]': name }),
		...(outboundVoiceProfileId && {
			'filter[outbound_voice_profile_id]': outboundVoiceProfileId,
		}),
	};
}

export async function check(this: IExecuteFunctions, itemIndex: number) {
	return { query: queryOf(this, itemIndex), most: limitParam(this, itemIndex) };
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { query, most } = await check.call(this, itemIndex);
	const applications = await telnyxList(this, '/fax_applications', query, most);
	return toItems(this, itemIndex, applications, simplifyFaxApplication);
}
