import type { Execution } from '../n8n/execution';
import type { TestBed } from '../n8n/testBed';
import type { WorkflowJson } from '../n8n/workflow';

/** A run of a workflow, by what its last node took. */
export interface NodeRun {
	execution: Execution;
	/** The node alone, in ms. */
	nodeMs: number;
	/** The whole execution, in ms. */
	executionMs: number;
	startedAt: number;
}

/**
 * Runs a workflow and tells how long its last node took.
 *
 * @param mayFail where an execution that ends in error is a result too
 * @throws {Error} with n8n's words where the execution did not succeed
 */
export async function runAndTime(
	{ n8n }: TestBed,
	workflow: WorkflowJson,
	{ mayFail = false } = {},
): Promise<NodeRun> {
	const execution = await n8n.client.runWorkflow(workflow, { timeoutMs: 180_000 });
	if (execution.status !== 'success' && !mayFail) {
		throw new Error(`"${workflow.name}" ended as ${execution.status}: ${execution.error?.message}`);
	}
	const timing = execution.timing(workflow.nodes.at(-1)?.name ?? '');
	if (!timing) throw new Error(`"${workflow.name}" did not get as far as its last node`);
	const between = Date.parse(execution.stoppedAt ?? '') - Date.parse(execution.startedAt ?? '');
	return {
		execution,
		nodeMs: timing.tookMs,
		executionMs: between,
		startedAt: timing.startedAt,
	};
}
