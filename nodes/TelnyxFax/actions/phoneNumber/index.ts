import type { Resource } from '../operation';
import * as assign from './assign.operation';
import * as getAll from './getAll.operation';

export const phoneNumber: Resource = {
	description: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'getAll',
			displayOptions: { show: { resource: ['phoneNumber'] } },
			options: [
				{
					name: 'Assign to Fax Application',
					value: 'assign',
					action: 'Assign a phone number to a fax application',
					description: 'Let a fax application send from and receive on a number',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many phone numbers',
					description: 'List the phone numbers of the account',
				},
			],
		},
		...getAll.description,
		...assign.description,
	],
	operations: { assign, getAll },
};
