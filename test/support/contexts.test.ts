import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { hookContext, searchList, webhookContext } from './contexts';
import { Engine } from './engine';
import { serveWebhook } from './webhookServer';
import type { WebhookServer } from './webhookServer';

const probeTrigger: INodeType = {
	description: {
		name: 'probeTrigger',
		displayName: 'Probe Trigger',
		description: '',
		group: ['trigger'],
		version: 1,
		defaults: { name: 'Probe Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'probeApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			{ displayName: 'Owner', name: 'owner', type: 'string', default: 'nobody' },
			{ displayName: 'Event', name: 'event', type: 'string', default: 'fax.received' },
		],
	},
	methods: {
		listSearch: {
			async searchFaxes(filter, paginationToken) {
				const { apiKey } = await this.getCredentials<{ apiKey: string }>('probeApi');
				const owner = this.getCurrentNodeParameter('owner');
				const name = [owner, filter, paginationToken, apiKey].join(' ');
				return { results: [{ name, value: 1 }], paginationToken: 'next' };
			},
		},
	},
	webhookMethods: {
		default: {
			async checkExists(this: IHookFunctions) {
				return this.getWorkflowStaticData('node').url === this.getNodeWebhookUrl('default');
			},
			async create(this: IHookFunctions) {
				this.getWorkflowStaticData('node').url = this.getNodeWebhookUrl('default');
				return true;
			},
			async delete(this: IHookFunctions) {
				delete this.getWorkflowStaticData('node').url;
				return true;
			},
		},
	},
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { rawBody, headers } = this.getRequestObject();
		if (headers['x-refuse'] !== undefined) {
			this.getResponseObject().status(401).send('Unauthorized').end();
			return { noWebhookResponse: true };
		}
		const { event } = this.getBodyData();
		if (event === 'broken') throw new Error('Broken');
		if (event !== this.getNodeParameter('event')) return {};
		return {
			workflowData: [this.helpers.returnJsonArray({ event, size: rawBody.length })],
		};
	},
};

const probeApi = {
	type: { name: 'probeApi', displayName: 'Probe API', properties: [] },
	data: { apiKey: 'KEY0' },
};
const engine = new Engine({ nodes: [probeTrigger], credentials: [probeApi] });
const newWorkflow = () =>
	engine.createWorkflow({
		nodes: [{ name: 'Trigger', type: 'probeTrigger', webhookId: 'the-webhook' }],
		connections: {},
	});

it('searches lists with the parameters on screen, the filter and the page', async () => {
	const search = { filter: 'abc', paginationToken: '2', parameters: { owner: 'me' } };
	expect(await searchList(engine, 'searchFaxes', search)).toEqual({
		results: [{ name: 'me abc 2 KEY0', value: 1 }],
		paginationToken: 'next',
	});
});

it('keeps static data from one lifecycle call of a trigger to the next', async () => {
	const workflow = newWorkflow();
	const { checkExists, create } = probeTrigger.webhookMethods?.default ?? {};
	const context = () => hookContext(engine, workflow, 'Trigger');
	expect(await checkExists?.call(context())).toBe(false);
	await create?.call(context());
	expect(await checkExists?.call(context())).toBe(true);
	expect(workflow.getStaticData('node', workflow.getNode('Trigger') ?? undefined)).toEqual({
		url: 'https://n8n.example.com/webhook/the-webhook/webhook',
	});
});

it('gives a test run the test URL', () => {
	const context = hookContext(engine, newWorkflow(), 'Trigger', { isTest: true });
	expect(context.getNodeWebhookUrl('default')).toContain('/webhook-test/');
});

describe('a served webhook', () => {
	const started: unknown[] = [];
	let server: WebhookServer;

	beforeAll(async () => {
		server = await serveWebhook(async (request, response) => {
			const context = webhookContext(engine, newWorkflow(), 'Trigger', { request, response });
			const result = await probeTrigger.webhook?.call(context);
			started.push(...(result?.workflowData ?? []));
			return result ?? {};
		});
	});

	beforeEach(() => started.splice(0));

	afterAll(async () => await server.close());

	const post = async (body: string, headers: Record<string, string> = {}) =>
		await fetch(server.url, { method: 'POST', body, headers });

	it('starts a workflow with what the node makes of the raw body', async () => {
		const body = '{ "event":  "fax.received" }';
		expect((await post(body)).status).toBe(200);
		expect(started).toEqual([[{ json: { event: 'fax.received', size: body.length } }]]);
	});

	it('answers 200 and starts nothing when the node has no items', async () => {
		const answer = await post('{"event":"fax.sending"}');
		expect(answer.status).toBe(200);
		expect(await answer.json()).toEqual({ message: 'Webhook call received' });
		expect(started).toEqual([]);
	});

	it('leaves the answer to a node that gives its own', async () => {
		const answer = await post('{"event":"fax.received"}', { 'x-refuse': 'yes' });
		expect(answer.status).toBe(401);
		expect(started).toEqual([]);
	});

	it('answers 500 when the node throws', async () => {
		expect((await post('{"event":"broken"}')).status).toBe(500);
	});

	it('answers 422 to a body that is not JSON', async () => {
		expect((await post('not JSON')).status).toBe(422);
	});
});
