import type { IExecuteFunctions, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { toNodeError } from '../../shared/errors';
import { halt } from '../../shared/halt';
import { stringAt } from '../../shared/json';
import { withPrivateNumbers } from '../../shared/privacy';
import { isCalledByModel } from '../../shared/tool';
import { cancelSignal } from '../../shared/transport';
import { faxApplication } from './faxApplication';
import { fax } from './fax';
import type { Operation, Resource } from './operation';
import { outputSettings } from './output';
import { inParallel } from './parallel';
import { collectionParam, maxParallelOf } from './params';
import { phoneNumber } from './phoneNumber';

/** The node's resources by value. */
export const resources: Record<string, Resource> = { fax, faxApplication, phoneNumber };

/** How many items the text of an error lists; its context has them all. */
const shownCompleted = 20;

type NodeError = NodeApiError | NodeOperationError;

function operationOf(context: IExecuteFunctions): Operation {
	const resource = String(context.getNodeParameter('resource', 0));
	const operation = String(context.getNodeParameter('operation', 0));
	const operations = Object.hasOwn(resources, resource) ? resources[resource].operations : {};
	if (!Object.hasOwn(operations, operation)) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${operation}" of the resource "${resource}" does not exist`,
			{ description: 'Choose another operation, or update the node' },
		);
	}
	return operations[operation];
}

/**
 * An item for the error output. n8n takes only these keys for an error, and would replace all of
 * them by the message if the error itself came along.
 */
function errorItem(error: NodeError): INodeExecutionData {
	const { code, outcome } = error.context;
	return {
		json: {
			error: error.message,
			details: {
				description: error.description ?? null,
				httpCode: 'httpCode' in error ? error.httpCode : null,
				code: code ?? null,
				outcome: outcome ?? 'notSent',
			},
		},
	};
}

/** Adds to the error that stops the node what had happened before it, so that nobody does it again. */
function withCompleted(error: NodeError, outputs: INodeExecutionData[][]): NodeError {
	const completed = outputs.flatMap((items, itemIndex) =>
		items.map(({ json }) => ({
			itemIndex,
			id: stringAt(json, 'id') ?? null,
			status: stringAt(json, 'status') ?? null,
		})),
	);
	if (completed.length === 0) return error;
	error.context.completed = completed;
	const lines = completed.map(({ itemIndex, id, status }) => `item ${itemIndex}: ${id ?? status}`);
	const more = lines.length > shownCompleted ? ', ...' : '';
	const done = `Already done before this error: ${lines.slice(0, shownCompleted).join(', ')}${more}`;
	error.description = [error.description, done].filter(Boolean).join('. ');
	return error;
}

/** n8n's error for an item that failed, or for all of them. */
function failureOf(context: IExecuteFunctions, error: unknown, itemIndex?: number): NodeError {
	const node = context.getNode();
	try {
		const options = collectionParam(context, 'options', itemIndex ?? 0);
		return toNodeError(node, withPrivateNumbers(error, options), itemIndex);
	} catch {
		// Options that cannot be read are why the item failed.
		return toNodeError(node, error, itemIndex);
	}
}

/** Whether an item that fails comes out as an error item. */
function goesOn(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || isCalledByModel(context);
}

/** How many items are worked on at the same time. */
function widthOf(context: IExecuteFunctions): number {
	try {
		const options = collectionParam(context, 'options', 0);
		return options.pauseBetweenFaxesSecs ? 1 : maxParallelOf(options, 0);
	} catch {
		// The first item says what is wrong with its options; it must not stop the others.
		return 1;
	}
}

/** Runs `step` for every item, and stops the node at the first item for which it fails. */
async function forEachItem(
	context: IExecuteFunctions,
	outputs: INodeExecutionData[][],
	step: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<void> {
	let failure: NodeError | undefined;
	await inParallel(context.getInputData().length, widthOf(context), async (itemIndex) => {
		const result = await step(itemIndex).catch((error: unknown) => {
			return failureOf(context, error, itemIndex);
		});
		if (Array.isArray(result)) outputs[itemIndex] = result;
		else if (goesOn(context)) outputs[itemIndex] = [errorItem(result)];
		else {
			// The first one is the cause; items that did not start because of it say nothing new.
			failure ??= result;
			halt(context);
		}
		return failure === undefined && cancelSignal(context)?.aborted !== true;
	});
	// n8n ends a stopped execution by itself; an error would make it a failed one.
	if (failure && cancelSignal(context)?.aborted !== true) throw withCompleted(failure, outputs);
}

/**
 * Runs the chosen operation for every input item, several at a time, and gives the results in the
 * order of the items, each linked to its item. The only place that knows about items: with
 * "continue on fail", and where an AI model calls, an item that fails comes out as an error item;
 * else all items are checked before the first request, nothing new starts after the first failure,
 * and the error tells what had been done.
 */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (this.getInputData().length === 0) return [[]];
	const { check, execute, finish } = operationOf(this);
	if (check && !goesOn(this)) {
		await forEachItem(this, [], async (itemIndex) => {
			outputSettings(this, itemIndex);
			await check.call(this, itemIndex);
			return [];
		});
	}
	const outputs: INodeExecutionData[][] = [];
	await forEachItem(this, outputs, async (itemIndex) => {
		// Settings that first fail after the request would hide what it did.
		outputSettings(this, itemIndex);
		return await execute.call(this, itemIndex);
	});
	const items = outputs.flatMap((ofItem, item) =>
		ofItem.map((output) => ({ ...output, pairedItem: { item } })),
	);
	if (!finish) return [items];
	const finished = finish.call(this, items).catch((error: unknown) => {
		throw withCompleted(failureOf(this, error), outputs);
	});
	return [await finished];
}
