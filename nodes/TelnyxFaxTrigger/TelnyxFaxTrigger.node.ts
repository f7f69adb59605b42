import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { privacyOptions } from '../shared/privacy';
import { faxApplicationId, outputBinaryField, simplify } from '../TelnyxFax/actions/fields';
import { searchFaxApplications } from '../TelnyxFax/methods/listSearch';
import { eventOptions } from './events';
import { deregister, isRegistered, register, withNodeErrors } from './lifecycle';
import { receive } from './receive';

export class TelnyxFaxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telnyx Fax Trigger',
		name: 'telnyxFaxTrigger',
		icon: { light: 'file:../../icons/telnyxFax.svg', dark: 'file:../../icons/telnyxFax.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["events"]].flat().join(", ").replace(/fax\\./g, "") }}',
		description: 'Starts the workflow when a fax is received, delivered or fails on Telnyx',
		eventTriggerDescription: 'Waiting for a fax event from Telnyx',
		activationMessage:
			'Telnyx now sends the events of the fax application to this workflow. Unpublishing the workflow gives the application its previous webhook URL back.',
		triggerPanel: {
			header: 'Receive fax events from Telnyx',
			executionsHelp: {
				inactive:
					'Faxes start this workflow in two ways. <b>While you build it</b>, click the button and send a fax to your number: the event shows up here. For that time Telnyx sends the events of the fax application to the test URL; the previous URL is put back afterwards. <b>Once it is published</b>, every event starts an execution, to be seen in the executions list.',
				active:
					'Faxes start this workflow in two ways. <b>While you build it</b>, click the button and send a fax to your number: the event shows up here. The live workflow gets no events for that time; its URL is put back afterwards. <b>Apart from tests</b>, every event starts an execution, to be seen in the <a data-key="executions">executions list</a>.',
			},
			activationHint: {
				inactive:
					'Publish the workflow when it is ready: only then does every event start an execution.',
				active: 'The workflow is published: every event starts an execution, except during a test.',
			},
		},
		defaults: { name: 'Telnyx Fax Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'telnyxFaxApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode:
					'={{ $parameter["options"]["acknowledge"] === "whenWorkflowFinishes" ? "lastNode" : "onReceived" }}',
				// What a workflow makes of a fax is none of Telnyx's business.
				responseData: 'noData',
			},
		],
		properties: [
			{
				...faxApplicationId,
				description: 'The fax application whose events start the workflow',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				default: ['fax.received', 'fax.delivered', 'fax.failed'],
				required: true,
				description: 'The events that start the workflow',
				options: eventOptions,
			},
			{
				displayName: 'Download Document',
				name: 'downloadDocument',
				type: 'boolean',
				default: false,
				description:
					'Whether to attach the document of a received fax as a file, instead of leaving it to a link that soon expires',
			},
			{ ...outputBinaryField, displayOptions: { show: { downloadDocument: [true] } } },
			simplify,
			{
				displayName:
					'Copy the URL at the top of this panel and enter it as webhook URL of the fax application in the Telnyx portal',
				name: 'manualNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { '/options.webhookRegistration': ['manual'] } },
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Acknowledge',
						name: 'acknowledge',
						type: 'options',
						default: 'onReceived',
						description: 'When Telnyx is told that an event has arrived',
						options: [
							{
								name: 'On Received',
								value: 'onReceived',
								description:
									'At once: Telnyx sends each event once, and a crash of n8n may interrupt its execution',
							},
							{
								name: 'When Workflow Finishes',
								value: 'whenWorkflowFinishes',
								description:
									'Only after a successful execution: Telnyx repeats an event after a crash or an error, so it may run twice. The workflow must finish within Webhook Timeout.',
							},
						],
					},
					{
						displayName: 'Direction',
						name: 'direction',
						type: 'options',
						default: 'inbound',
						description: 'Only events of faxes of this direction',
						options: [
							{ name: 'Inbound', value: 'inbound', description: 'Faxes that you receive' },
							{ name: 'Outbound', value: 'outbound', description: 'Faxes that you send' },
						],
					},
					{
						displayName: 'From',
						name: 'from',
						type: 'string',
						default: '',
						placeholder: 'e.g. +13125550001, +13125550002',
						description: 'Only events of faxes from these numbers, separated by commas',
					},
					...privacyOptions,
					{
						displayName: 'Take Over',
						name: 'takeOver',
						type: 'boolean',
						default: false,
						description:
							'Whether to replace the URL of another workflow of this n8n, which then gets no events any more',
					},
					{
						displayName: 'To',
						name: 'to',
						type: 'string',
						default: '',
						placeholder: 'e.g. +13125550001, +13125550002',
						description: 'Only events of faxes to these numbers, separated by commas',
					},
					{
						displayName: 'Webhook Registration',
						name: 'webhookRegistration',
						type: 'options',
						default: 'automatic',
						description: 'How Telnyx learns the URL of this trigger',
						options: [
							{
								name: 'Automatic',
								value: 'automatic',
								description:
									'Publishing the workflow sets the URL at Telnyx, unpublishing it restores the previous one',
							},
							{
								name: 'Manual',
								value: 'manual',
								description: 'You enter the URL in the Telnyx portal; nothing is changed there',
							},
						],
					},
					{
						displayName: 'Webhook Timeout (Seconds)',
						name: 'webhookTimeoutSecs',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 30 },
						default: 30,
						description:
							'How long Telnyx waits for the answer before it repeats an event. With manual registration, what the fax application is set to.',
					},
				],
			},
		],
	};

	methods = { listSearch: { searchFaxApplications } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await withNodeErrors(this, isRegistered(this));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await withNodeErrors(this, register(this));
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await withNodeErrors(this, deregister(this));
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const reception = await receive(this);
		const response = this.getResponseObject();
		if ('status' in reception) {
			response.status(reception.status).json({ message: reception.message });
			return { noWebhookResponse: true };
		}
		const settle = () => {
			const { statusCode, writableFinished } = response;
			reception.settle(writableFinished && statusCode >= 200 && statusCode < 300);
		};
		// Telnyx may have given up already: then nothing is emitted any more.
		if (response.closed) settle();
		else response.once('close', settle);
		return { workflowData: [[reception.item]] };
	}
}
