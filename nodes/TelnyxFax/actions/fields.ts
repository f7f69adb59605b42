import type { INodeProperties } from 'n8n-workflow';

import { privacyOptions } from '../../shared/privacy';

/** Parameters that several operations share. */

/** A choice from a searchable list, or by id. */
function locator(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
	searchListMethod: string,
	placeholder: string,
): INodeProperties {
	return {
		...field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
		],
	};
}

export const faxApplicationId = locator(
	{
		displayName: 'Fax Application',
		name: 'faxApplicationId',
		description: 'The fax application on Telnyx',
	},
	'searchFaxApplications',
	'e.g. 1293384261075731499',
);

export const faxId = locator(
	{ displayName: 'Fax', name: 'faxId', description: 'The fax to work on' },
	'searchFaxes',
	'e.g. 182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
);

export const phoneNumberId = locator(
	{
		displayName: 'Phone Number',
		name: 'phoneNumberId',
		description: 'The phone number of the Telnyx account',
	},
	'searchPhoneNumbers',
	'e.g. 1293384261075731499',
);

/** Where a downloaded file goes in the output item. */
export const outputBinaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output field to put the file in',
	description: 'The binary field that gets the file',
};

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The options of operations that only show faxes. */
export const outputOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: privacyOptions,
};
