import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { binaryContent, keepBinaryDataOnDisk, storeBinary } from './binaryData';
import { Engine, NODE_NAME } from './engine';

let attempts = 0;
let hanging = new EventTarget();

const probe: INodeType = {
	description: {
		name: 'probe',
		displayName: 'Probe',
		description: '',
		group: ['transform'],
		version: 1,
		defaults: { name: 'Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'Value', name: 'value', type: 'string', default: 'the default' },
			{ displayName: 'Fail On', name: 'failOn', type: 'string', default: '' },
			{ displayName: 'Hang', name: 'hang', type: 'boolean', default: false },
		],
	},
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		attempts += 1;
		const context = this.getContext('node');
		context.runs = Number(context.runs ?? 0) + 1;
		const output: INodeExecutionData[] = [];
		for (const [item, { binary }] of this.getInputData().entries()) {
			const value = this.getNodeParameter('value', item);
			if (this.getNodeParameter('hang', item) === true) {
				const cancelled = new Promise<void>((resolve) => this.onExecutionCancellation(resolve));
				hanging.dispatchEvent(new Event('hanging'));
				await cancelled;
				hanging.dispatchEvent(new Event('cancelled'));
			}
			if (value === this.getNodeParameter('failOn', item)) {
				const error = new NodeOperationError(this.getNode(), 'Refused', { itemIndex: item });
				if (!this.continueOnFail()) throw error;
				output.push({ json: { error: error.message }, pairedItem: { item } });
				continue;
			}
			const copy = binary && {
				data: await this.helpers.prepareBinaryData(
					await this.helpers.getBinaryDataBuffer(item, 'data'),
					'copy.txt',
					'text/plain',
				),
			};
			output.push({
				json: { value, runIndex: this.evaluateExpression('{{ $runIndex }}', item) },
				...(copy && { binary: copy }),
				pairedItem: { item },
			});
		}
		return [output];
	},
};

const engine = new Engine({ nodes: [probe] });
const items = ['a', 'b', 'c'].map((letter) => ({ json: { letter } }));

beforeEach(() => {
	attempts = 0;
	hanging = new EventTarget();
});

it('fills in the defaults a workflow leaves out', async () => {
	const { status, items } = await engine.runNode();
	expect(status).toBe('success');
	expect(items).toMatchObject([{ json: { value: 'the default' } }]);
});

it('resolves expressions for each item and keeps the pairing', async () => {
	const run = await engine.runNode({ parameters: { value: '={{ $json.letter }}' }, items });
	expect(run.items).toMatchObject([
		{ json: { value: 'a' }, pairedItem: { item: 0 } },
		{ json: { value: 'b' }, pairedItem: { item: 1 } },
		{ json: { value: 'c' }, pairedItem: { item: 2 } },
	]);
});

it('stops at an error and reports it for the node and the execution', async () => {
	const run = await engine.runNode({
		parameters: { value: '={{ $json.letter }}', failOn: 'b' },
		items,
	});
	expect(run.status).toBe('error');
	expect(run.error).toMatchObject({ message: 'Refused', context: { itemIndex: 1 } });
	expect(run.runs).toMatchObject([{ status: 'error', error: { message: 'Refused' } }]);
	expect(run.items).toEqual([]);
});

it('passes errors on as items when the user continues', async () => {
	const run = await engine.runNode({
		parameters: { value: '={{ $json.letter }}', failOn: 'b' },
		settings: { onError: 'continueRegularOutput' },
		items,
	});
	expect(run.status).toBe('success');
	expect(run.items.map(({ json }) => json.value ?? json.error)).toEqual(['a', 'Refused', 'c']);
});

it('sends failed items to the error output when the user asks for one', async () => {
	const run = await engine.runNode({
		parameters: { value: '={{ $json.letter }}', failOn: 'b' },
		settings: { onError: 'continueErrorOutput' },
		items,
	});
	const [success, failed] = run.runs[0]?.outputs ?? [];
	expect(success?.map(({ json }) => json.value)).toEqual(['a', 'c']);
	expect(failed).toMatchObject([{ json: { error: 'Refused' }, pairedItem: { item: 1 } }]);
});

it('runs the whole node again for Retry On Fail and keeps its context', async () => {
	const run = await engine.runNode({
		parameters: { value: '={{ $json.letter }}', failOn: 'b' },
		settings: { retryOnFail: true, maxTries: 3 },
		items,
	});
	expect(run.status).toBe('error');
	expect(attempts).toBe(3);
	expect(run.nodeContext(NODE_NAME)).toEqual({ runs: 3 });
});

it('runs the node again when the first item it continued with is an error', async () => {
	const run = await engine.runNode({
		parameters: { value: '={{ $json.letter }}', failOn: 'a' },
		settings: { retryOnFail: true, maxTries: 2, onError: 'continueRegularOutput' },
		items,
	});
	expect(attempts).toBe(2);
	expect(run.items.map(({ json }) => json.value ?? json.error)).toEqual(['Refused', 'b', 'c']);
});

it('runs a node in a loop several times', async () => {
	const run = await engine.runNode({
		parameters: { value: '={{ $json.letter }}' },
		batchSize: 2,
		items,
	});
	expect(run.runs.map(({ outputs }) => outputs[0]?.map(({ json }) => json))).toEqual([
		[
			{ value: 'a', runIndex: 0 },
			{ value: 'b', runIndex: 0 },
		],
		[{ value: 'c', runIndex: 1 }],
	]);
	expect(run.nodes.Loop?.at(-1)?.outputs[0]).toHaveLength(3);
});

it('tells a running node that the user has stopped the execution', async () => {
	const stop = new AbortController();
	const events: string[] = [];
	hanging.addEventListener('hanging', () => stop.abort());
	hanging.addEventListener('cancelled', ({ type }) => events.push(type));
	const run = await engine.runNode({ parameters: { hang: true }, signal: stop.signal });
	expect(run.status).toBe('canceled');
	expect(events).toEqual(['cancelled']);
});

it('does not start a node of an execution that was stopped before', async () => {
	const run = await engine.runNode({ signal: AbortSignal.abort() });
	expect(run.status).toBe('canceled');
	expect(attempts).toBe(0);
});

describe.each(['in memory', 'on disk'])('binary data %s', (mode) => {
	let backToMemory: (() => Promise<void>) | undefined;

	beforeEach(async () => {
		if (mode === 'on disk') backToMemory = await keepBinaryDataOnDisk();
	});

	afterEach(async () => {
		await backToMemory?.();
	});

	it('reaches the node and comes back', async () => {
		const content = Buffer.from('a page');
		const file = await storeBinary({ content, fileName: 'page.txt', mimeType: 'text/plain' });
		expect(file.id === undefined).toBe(mode === 'in memory');

		const { items } = await engine.runNode({ items: [{ json: {}, binary: { data: file } }] });

		expect(items[0]?.binary?.data?.fileName).toBe('copy.txt');
		expect(items[0]?.binary?.data?.id === file.id).toBe(mode === 'in memory');
		expect(await binaryContent(items[0])).toEqual(content);
	});
});
