import type { Resource } from '../operation';
import * as checkSetup from './checkSetup.operation';
import * as create from './create.operation';
import * as del from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

export const faxApplication: Resource = {
	description: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'getAll',
			displayOptions: { show: { resource: ['faxApplication'] } },
			options: [
				{
					name: 'Check Setup',
					value: 'checkSetup',
					action: 'Check the setup of a fax application',
					description: 'Find out why faxes are not sent or received',
				},
				{
					name: 'Create',
					value: 'create',
					action: 'Create a fax application',
					description: 'Create the settings under which faxes are sent and received',
				},
				{
					name: 'Delete',
					value: 'delete',
					action: 'Delete a fax application',
					description: 'Delete a fax application that no phone number uses',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get a fax application',
					description: 'Get the settings of a fax application',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many fax applications',
					description: 'List the fax applications of the account',
				},
				{
					name: 'Update',
					value: 'update',
					action: 'Update a fax application',
					description: 'Change some settings of a fax application',
				},
			],
		},
		...create.description,
		...get.description,
		...getAll.description,
		...update.description,
		...del.description,
		...checkSetup.description,
	],
	operations: { checkSetup, create, delete: del, get, getAll, update },
};
