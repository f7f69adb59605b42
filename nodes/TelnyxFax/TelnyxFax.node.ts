import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { resources, router } from './actions/router';
import { listSearch } from './methods';

export class TelnyxFax implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telnyx Fax',
		name: 'telnyxFax',
		icon: { light: 'file:../../icons/telnyxFax.svg', dark: 'file:../../icons/telnyxFax.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send, track and download faxes with Telnyx Programmable Fax',
		defaults: { name: 'Telnyx Fax' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'telnyxFaxApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'fax',
				options: [
					{ name: 'Fax', value: 'fax' },
					{ name: 'Fax Application', value: 'faxApplication' },
					{ name: 'Phone Number', value: 'phoneNumber' },
				],
			},
			...resources.fax.description,
			...resources.faxApplication.description,
			...resources.phoneNumber.description,
		],
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
