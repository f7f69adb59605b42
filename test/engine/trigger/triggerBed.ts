import type { Response } from 'express';
import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameters,
	IWebhookResponseData,
	Workflow,
} from 'n8n-workflow';

import { TelnyxFaxTrigger } from '../../../nodes/TelnyxFaxTrigger/TelnyxFaxTrigger.node';
import { hookContext, webhookContext } from '../../support/contexts';
import type { Engine } from '../../support/engine';
import { startTelnyx } from '../../support/telnyx';
import type { Telnyx } from '../../support/telnyx';
import { serveWebhook } from '../../support/webhookServer';
import type { FaxApplication } from '../../standin';

const NODE = 'Telnyx Fax Trigger';

/** A workflow with the trigger, as its user has set it up. */
export interface TriggerOptions {
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	/** Triggers share what is known about a credential only with the same id. */
	credentialId?: string;
	/** n8n's public address, ending in a slash. */
	n8nUrl?: string;
	/** What the rest of the workflow does; its failure is that of the execution. */
	work?: () => Promise<void>;
}

/** A trigger in a workflow of its own, in an n8n at `https://n8n.example.com/`. */
export interface TriggerUnderTest {
	/** What Telnyx calls. */
	url: string;
	testUrl: string;
	/** The item of each execution that was started, oldest first. */
	started: INodeExecutionData[];
	/** What `webhook()` threw; n8n makes an execution in error of each. */
	thrown: unknown[];
	/** Lets n8n start with the workflow active: it asks the trigger nothing then. */
	serve(): void;
	/** Publishes the workflow as n8n does; throws what the user would see. */
	activate(): Promise<void>;
	deactivate(): Promise<void>;
	/** Listens for a test event until the returned function is called. */
	listen(): Promise<() => Promise<void>>;
	/** Loses what the workflow has stored. */
	loseStaticData(): void;
	/** Whether anything is stored in the workflow. */
	remembers(): boolean;
	/** What n8n writes to its log; for spies. */
	logger: ReturnType<typeof hookContext>['logger'];
}

/** A stand-in for Telnyx, and an n8n that it reaches. */
export interface TriggerBed {
	telnyx: Telnyx;
	/** The application that triggers are set to. */
	application: FaxApplication;
	/** Where the n8n listens, for requests that do not come from Telnyx. */
	localUrl(url: string): string;
	/** Adds a workflow to the n8n. */
	addTrigger(options?: TriggerOptions): TriggerUnderTest;
	/** Empties n8n and Telnyx. */
	reset(): void;
	close(): Promise<void>;
}

interface Listener {
	workflow: Workflow;
	engine: Engine;
	trigger: TriggerUnderTest;
	isTest: boolean;
	work?: () => Promise<void>;
}

let triggers = 0;

function staticData(workflow: Workflow) {
	const node = workflow.getNode(NODE);
	if (node === null) throw new Error('The trigger is missing');
	return workflow.getStaticData('node', node);
}

/** Starts the bed; one for a test file. */
export async function startTriggerBed(): Promise<TriggerBed> {
	const telnyx = await startTelnyx();
	const { standIn } = telnyx;
	const node = new TelnyxFaxTrigger();
	const { checkExists, create, delete: remove } = node.webhookMethods.default;
	const listeners = new Map<string, Listener>();

	const server = await serveWebhook(async (request, response) => {
		const listener = listeners.get(`https://n8n.example.com${request.path}`);
		if (listener) return await handle(listener, request, response);
		response.status(404).json({ message: 'The webhook is not registered' });
		return { noWebhookResponse: true };
	});
	standIn.hosts.set('n8n.example.com', server.url);

	async function handle(
		{ engine, workflow, trigger, isTest, work }: Listener,
		request: Parameters<Parameters<typeof serveWebhook>[0]>[0],
		response: Response,
	): Promise<IWebhookResponseData> {
		const context = webhookContext(engine, workflow, NODE, { request, response, isTest });
		const result = await node.webhook.call(context).catch((error: unknown) => {
			trigger.thrown.push(error);
			throw error;
		});
		const [item] = result.workflowData?.[0] ?? [];
		if (item === undefined) return result;
		trigger.started.push(item);
		const execution = work?.();
		const mode = workflow.expression.getSimpleParameterValue(
			context.getNode(),
			node.description.webhooks?.[0]?.responseMode,
			'webhook',
			{},
		);
		// With `onReceived` n8n answers before the workflow has run, whatever becomes of it.
		if (mode === 'lastNode') await execution;
		else void execution?.catch(() => undefined);
		return result;
	}

	const bed: TriggerBed = {
		telnyx,
		get application() {
			const [application] = standIn.applications.values();
			return application;
		},
		localUrl: (url) => url.replace('https://n8n.example.com', server.url),
		addTrigger({ parameters = {}, credential, credentialId, n8nUrl, work } = {}) {
			const webhookId = `trigger-${++triggers}`;
			const engine = telnyx.createEngine([node], { credential, url: n8nUrl });
			const newWorkflow = () =>
				engine.createWorkflow({
					nodes: [
						{
							id: webhookId,
							name: NODE,
							type: 'telnyxFaxTrigger',
							webhookId,
							parameters: {
								faxApplicationId: { __rl: true, mode: 'id', value: bed.application.id },
								...parameters,
							},
							credentials: {
								telnyxFaxApi: { id: credentialId ?? webhookId, name: 'Telnyx Fax account' },
							},
						},
					],
					connections: {},
				});
			const workflow = newWorkflow();
			const live = () => hookContext(engine, workflow, NODE);
			const trigger: TriggerUnderTest = {
				url: `https://n8n.example.com/webhook/${webhookId}/webhook`,
				testUrl: `https://n8n.example.com/webhook-test/${webhookId}/webhook`,
				started: [],
				thrown: [],
				logger: live().logger,
				serve: () => listeners.set(trigger.url, { workflow, engine, trigger, isTest: false, work }),
				async activate() {
					trigger.serve();
					const publish = async () => {
						if (!(await checkExists.call(live()))) await create.call(live());
					};
					await publish().catch(async (error: unknown) => {
						// As n8n does, so that a half-done registration leaves nothing.
						await remove.call(live());
						listeners.delete(trigger.url);
						throw error;
					});
				},
				async deactivate() {
					listeners.delete(trigger.url);
					await remove.call(live());
				},
				async listen() {
					// n8n gives a test run static data of its own.
					const run = newWorkflow();
					const context = () => hookContext(engine, run, NODE, { isTest: true });
					listeners.set(trigger.testUrl, { workflow: run, engine, trigger, isTest: true });
					if (!(await checkExists.call(context()))) await create.call(context());
					return async () => {
						listeners.delete(trigger.testUrl);
						await remove.call(context());
					};
				},
				loseStaticData: () => delete staticData(workflow).registration,
				remembers: () => staticData(workflow).registration !== undefined,
			};
			return trigger;
		},
		reset() {
			listeners.clear();
			standIn.reset();
		},
		async close() {
			await server.close();
			await telnyx.close();
		},
	};
	return bed;
}
