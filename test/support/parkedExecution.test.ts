import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { Engine } from './engine';
import type { WorkflowUnderTest } from './execution';
import { ITEM_SOURCE } from './nodeTypes';
import { ParkedExecution } from './parkedExecution';
import { serveWebhook } from './webhookServer';
import type { WebhookServer } from './webhookServer';

const waiter: INodeType = {
	description: {
		name: 'waiter',
		displayName: 'Waiter',
		description: '',
		group: ['transform'],
		version: 1,
		defaults: { name: 'Waiter' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: '',
				restartWebhook: true,
			},
		],
		properties: [],
	},
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resumeUrl = String(this.evaluateExpression('{{ $execution.resumeUrl }}', 0));
		Object.assign(this.getContext('node'), { resumeUrl });
		await this.putExecutionToWait(new Date('2100-01-01'));
		return [this.getInputData()];
	},
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { final } = this.getBodyData();
		if (final !== true) return {};
		const input = this.evaluateExpression('{{ $input.all().map(item => item.json.n) }}');
		return { workflowData: [[{ json: { input } }]] };
	},
};

const after: INodeType = {
	description: { ...waiter.description, name: 'after', displayName: 'After', webhooks: [] },
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	},
};

const workflow: WorkflowUnderTest = {
	nodes: [
		{ name: 'Source', type: ITEM_SOURCE },
		{ name: 'Wait', type: 'waiter' },
		{ name: 'After', type: 'after' },
	],
	connections: {
		Source: { main: [[{ node: 'Wait', type: 'main', index: 0 }]] },
		Wait: { main: [[{ node: 'After', type: 'main', index: 0 }]] },
	},
	pinData: { Source: [{ json: { n: 1 } }, { json: { n: 2 } }] },
};

let server: WebhookServer;
let engine: Engine;
let parked: ParkedExecution;
let resumeUrl: string;

beforeAll(async () => {
	server = await serveWebhook(async (request, response) => await parked.receive(request, response));
	engine = new Engine({ nodes: [waiter, after], url: `${server.url}/` });
});

afterAll(async () => await server.close());

beforeEach(async () => {
	const run = await engine.runWorkflow(workflow);
	expect(run).toMatchObject({ status: 'waiting', waitTill: new Date('2100-01-01') });
	expect(run.nodes.After).toBeUndefined();
	parked = new ParkedExecution(engine, workflow, run);
	resumeUrl = String(run.nodeContext('Wait').resumeUrl);
});

const deliver = async (url: string, body: object) =>
	await fetch(url, { method: 'POST', body: JSON.stringify(body) });

it('stays parked while the node returns no items', async () => {
	expect((await deliver(resumeUrl, { final: false })).status).toBe(200);
	expect(parked.outcome).toBeUndefined();
});

it('goes on with the items the node returns, and then answers 409', async () => {
	expect((await deliver(resumeUrl, { final: true })).status).toBe(200);
	const run = await parked.outcome;
	expect(run?.status).toBe('success');
	expect(run?.nodes.After?.[0]?.outputs).toMatchObject([[{ json: { input: [1, 2] } }]]);
	expect((await deliver(resumeUrl, { final: true })).status).toBe(409);
});

it('goes on with the parked input at the time limit', async () => {
	const run = await parked.timeOut();
	expect(run.status).toBe('success');
	expect(run.nodes.After?.[0]?.outputs[0]?.map(({ json }) => json)).toEqual([{ n: 1 }, { n: 2 }]);
});

it('refuses a call without the execution token', async () => {
	const [withoutToken = ''] = resumeUrl.split('?');
	expect((await deliver(withoutToken, { final: true })).status).toBe(401);
	expect(parked.outcome).toBeUndefined();
});

it('does not take an execution that has finished for a parked one', async () => {
	const finished = await parked.timeOut();
	expect(() => new ParkedExecution(engine, workflow, finished)).toThrow('it is success');
});
