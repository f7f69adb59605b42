import { randomUUID } from 'node:crypto';

import type { WorkflowJson } from './workflow';

/** A node of a chain; the rest of what the editor exports is filled in. */
export interface ChainNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: Record<string, unknown>;
	/** Whether it takes the credential "Telnyx Fax account". */
	usesTelnyx?: boolean;
	/** Settings such as `onError`. */
	settings?: Record<string, unknown>;
}

/** A workflow in which each node leads to the next. */
export function chain(name: string, ...nodes: ChainNode[]): WorkflowJson {
	const pairs = nodes.slice(1).map((node, index): [string, unknown] => {
		return [nodes[index].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }];
	});
	return {
		name,
		nodes: nodes.map(({ usesTelnyx, settings, ...node }, index) => ({
			id: randomUUID(),
			webhookId: randomUUID(),
			typeVersion: 1,
			position: [index * 220, 0],
			parameters: {},
			...(usesTelnyx && { credentials: { telnyxFaxApi: { name: 'Telnyx Fax account' } } }),
			...settings,
			...node,
		})),
		connections: Object.fromEntries(pairs),
		settings: { executionOrder: 'v1' },
	};
}

/** Starts a workflow on demand. */
export const onDemand: ChainNode = { name: 'On demand', type: 'n8n-nodes-base.manualTrigger' };

/** Does nothing with its items. */
export const done: ChainNode = { name: 'Done', type: 'n8n-nodes-base.noOp' };

/** A Telnyx Fax Trigger that listens to one fax application. */
export function faxTrigger(
	faxApplicationId: string,
	parameters: Record<string, unknown> = {},
): ChainNode {
	return {
		name: 'Telnyx Fax Trigger',
		type: 'n8n-nodes-telnyx-fax.telnyxFaxTrigger',
		parameters: { faxApplicationId: chosen(faxApplicationId), ...parameters },
		usesTelnyx: true,
	};
}

/** A Telnyx Fax node; parameters besides resource and operation as in the editor. */
export function telnyxFax(operation: string, parameters: Record<string, unknown>): ChainNode {
	return {
		name: 'Telnyx Fax',
		type: 'n8n-nodes-telnyx-fax.telnyxFax',
		parameters: { resource: 'fax', operation, ...parameters },
		usesTelnyx: true,
	};
}

/** The value of a locator that was chosen from the list. */
export function chosen(value: string): Record<string, unknown> {
	return { __rl: true, mode: 'list', value };
}

/** Two nodes that put out one item for each of the values, as `$json.value`. */
export function itemsOf(values: unknown[]): [ChainNode, ChainNode] {
	const list = JSON.stringify({ values: values.map((value) => ({ value })) });
	return [
		{
			name: 'Values',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: list, options: {} },
		},
		{
			name: 'One item each',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'values', options: {} },
		},
	];
}
