import type { IExecuteFunctions } from 'n8n-workflow';

import { TelnyxFax } from '../../nodes/TelnyxFax/TelnyxFax.node';
import type { NodeRunOptions } from '../support/execution';
import { Engine } from '../support/engine';

/** What a test does in place of the action node's own work. */
type Work<T> = (context: IExecuteFunctions) => Promise<T> | T;

/** An operation that needs no parameters. */
const listFaxes = { resource: 'fax', operation: 'getAll' };

/**
 * Does `work` once for each time that n8n runs the action node, with what n8n hands to it.
 * Rejects with what `work` throws, or with n8n's own error where the node did not get to run.
 */
export async function insideRuns<T>(options: NodeRunOptions, work: Work<T>): Promise<T[]> {
	const results: Array<Promise<T>> = [];
	const node = new TelnyxFax();
	node.execute = async function (this: IExecuteFunctions) {
		const result = (async () => await work(this))();
		results.push(result);
		await result;
		return [this.getInputData()];
	};
	const { error } = await new Engine({ nodes: [node] }).runNode({
		parameters: listFaxes,
		...options,
	});
	const values = await Promise.all(results);
	if (error) throw error;
	return values;
}

/** As `insideRuns`, for a node that runs once. */
export async function insideNode<T>(options: NodeRunOptions, work: Work<T>): Promise<T> {
	const [result] = await insideRuns(options, work);
	return result;
}
