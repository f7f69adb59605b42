import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { resources, router } from './actions/router';
import { listSearch } from './methods';
import { resume } from './waiting/resume';

export class TelnyxFax implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telnyx Fax',
		name: 'telnyxFax',
		icon: { light: 'file:../../icons/telnyxFax.svg', dark: 'file:../../icons/telnyxFax.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ($parameter["resource"] + ": " + $parameter["operation"]).replace("getAll", "get many").replace(/([A-Z])/g, " $1").toLowerCase() }}',
		description: 'Send, track and download faxes with Telnyx Programmable Fax',
		defaults: { name: 'Telnyx Fax' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'telnyxFaxApi', required: true }],
		webhooks: [
			{
				// Takes the events of faxes that an execution waits for; has no URL of its own.
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: '',
				restartWebhook: true,
			},
		],
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

	// n8n's rules want these for every webhook; nobody has to be told of a resume URL.
	webhookMethods = {
		default: {
			checkExists: async () => true,
			create: async () => true,
			delete: async () => true,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this);
	}
}
