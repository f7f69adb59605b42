import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { InputError } from '../../../shared/errors';
import { telnyxList } from '../../../shared/pagination';
import { faxApplicationId, limit, returnAll, simplify } from '../fields';
import { shownFor } from '../operation';
import { simplifyPhoneNumber, toItems } from '../output';
import { choice, collectionParam, limitParam, textOf } from '../params';

const statuses = [
	'active',
	'deleted',
	'emergency-only',
	'port-failed',
	'port-out-pending',
	'port-pending',
	'ported-out',
	'purchase-failed',
	'purchase-pending',
];

const types = ['local', 'mobile', 'national', 'shared_cost', 'toll_free'];

/** A value of Telnyx's as people read it: `toll_free` is Toll Free. */
function choices(values: string[]) {
	return values.map((value) => ({
		name: value
			.replace(/(?:^|[-_])(\w)/g, (_, letter: string) => ` ${letter.toUpperCase()}`)
			.trim(),
		value,
	}));
}

export const description = shownFor(
	'phoneNumber',
	['getAll'],
	[
		returnAll,
		limit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Country Code',
					name: 'countryIsoAlpha2',
					type: 'string',
					default: '',
					placeholder: 'e.g. US',
					description: 'Only numbers of this country, as two letters',
				},
				{
					displayName: 'Customer Reference',
					name: 'customerReference',
					type: 'string',
					default: '',
					placeholder: 'e.g. lakeside-clinic',
					description: 'Only numbers with this customer reference',
				},
				{
					...faxApplicationId,
					required: false,
					description: 'Only numbers that are assigned to this fax application',
				},
				{
					displayName: 'Phone Number',
					name: 'phoneNumber',
					type: 'string',
					default: '',
					placeholder: 'e.g. +1312',
					description: 'Only numbers that contain these digits, at least 3',
				},
				{
					displayName: 'Phone Number Type',
					name: 'numberType',
					type: 'options',
					default: 'local',
					description: 'Only numbers of this type',
					options: choices(types),
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'active',
					description: 'Only numbers of this status',
					options: choices(statuses),
				},
				{
					displayName: 'Tag',
					name: 'tag',
					type: 'string',
					default: '',
					placeholder: 'e.g. intake',
					description: 'Only numbers with this tag',
				},
			],
		},
		simplify,
	],
);

function queryOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const filters = collectionParam(context, 'filters', itemIndex);
	const phoneNumber = textOf(filters.phoneNumber);
	// Telnyx finds nothing when this filter has anything but digits.
	const digits = phoneNumber.replace(/\D/g, '');
	if (phoneNumber !== '' && digits.length < 3) {
		throw new InputError(
			`The filter "Phone Number" of item ${itemIndex} is "${phoneNumber}", and Telnyx needs at least 3 digits`,
			'Enter more of the number, or remove the filter',
		);
	}
	const query: IDataObject = {
		'filter[connection_id]': textOf(filters.faxApplicationId),
		'filter[country_iso_alpha2]': textOf(filters.countryIsoAlpha2).toUpperCase(),
		'filter[customer_reference]': textOf(filters.customerReference),
		'filter[number_type][eq]': choice(filters.numberType, 'Phone Number Type', itemIndex, types),
		'filter[phone_number]': digits,
		'filter[status]': choice(filters.status, 'Status', itemIndex, statuses),
		'filter[tag]': textOf(filters.tag),
	};
	return Object.fromEntries(Object.entries(query).filter(([, value]) => value));
}

export async function check(this: IExecuteFunctions, itemIndex: number) {
	return { query: queryOf(this, itemIndex), most: limitParam(this, itemIndex) };
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { query, most } = await check.call(this, itemIndex);
	const numbers = await telnyxList(this, '/phone_numbers', query, most);
	return toItems(this, itemIndex, numbers, simplifyPhoneNumber);
}
