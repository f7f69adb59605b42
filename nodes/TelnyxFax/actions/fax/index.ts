import type { Resource } from '../operation';
import * as cancel from './cancel.operation';
import * as del from './delete.operation';
import * as download from './download.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as refresh from './refresh.operation';
import * as send from './send.operation';
import * as sendAndWaitForResult from './sendAndWaitForResult.operation';

export const fax: Resource = {
	description: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'send',
			displayOptions: { show: { resource: ['fax'] } },
			options: [
				{
					name: 'Cancel',
					value: 'cancel',
					action: 'Cancel a fax',
					description: 'Ask Telnyx to stop a fax that is being sent',
				},
				{
					name: 'Delete',
					value: 'delete',
					action: 'Delete a fax',
					description: 'Delete a fax at Telnyx for good',
				},
				{
					name: 'Download',
					value: 'download',
					action: 'Download a fax',
					description: 'Get the document of a fax as a file',
				},
				{
					name: 'Get',
					value: 'get',
					action: 'Get a fax',
					description: 'Get the status and the data of a fax',
				},
				{
					name: 'Get Many',
					value: 'getAll',
					action: 'Get many faxes',
					description: 'List the faxes of the account',
				},
				{
					name: 'Refresh Media URL',
					value: 'refresh',
					action: 'Refresh the media URL of a fax',
					description: 'Renew the expired link to the document of a received fax',
				},
				{
					name: 'Send',
					value: 'send',
					action: 'Send a fax',
					description: 'Hand a fax to Telnyx for sending, without waiting for the result',
				},
				{
					name: 'Send and Wait for Result',
					value: 'sendAndWaitForResult',
					action: 'Send a fax and wait for the result',
					description: 'Send faxes and go on when they are delivered or have failed',
				},
			],
		},
		...send.description,
		...sendAndWaitForResult.description,
		...get.description,
		...getAll.description,
		...download.description,
		...cancel.description,
		...refresh.description,
		...del.description,
	],
	operations: { cancel, delete: del, download, get, getAll, refresh, send, sendAndWaitForResult },
};
