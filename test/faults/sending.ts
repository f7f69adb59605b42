import type { INode, INodeExecutionData } from 'n8n-workflow';

import { TelnyxFax } from '../../nodes/TelnyxFax/TelnyxFax.node';
import { keepBinaryDataOnDisk } from '../support/binaryData';
import type { SingleNodeRun } from '../support/execution';
import { startTelnyx } from '../support/telnyx';
import { audit } from './audit';
import type { Tally, Verdict } from './audit';
import { itemsOf, makeJobs, parameters } from './jobs';
import type { Job } from './jobs';
import { addLookAlikes, playMix, refuse } from './mix';
import { knownFaxes, knownPosts } from './truth';

/** How the user has set the node up to deal with errors. */
export interface Scenario {
	name: string;
	settings: Partial<INode>;
	/** How many tries of the first item Telnyx refuses, so that the node fails. */
	refusals: number;
}

/** The node goes on after errors, and n8n runs it once. */
export const goingOn: Scenario = {
	name: 'continue on error',
	settings: { onError: 'continueRegularOutput' },
	refusals: 0,
};

/** n8n runs the node again with all items because it stopped. */
export const stopping: Scenario = {
	name: "stop on error, n8n's Retry On Fail",
	settings: { onError: 'stopWorkflow', retryOnFail: true, maxTries: 3 },
	refusals: 2,
};

/** n8n runs the node again with all items because the first one came out with an error. */
export const goingOnAfterTries: Scenario = {
	name: "continue on error, n8n's Retry On Fail",
	settings: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 3 },
	refusals: 2,
};

function verdictOf(id: unknown, status: unknown): Verdict {
	if (typeof id === 'string') return { kind: 'sent', id };
	return status === 'unknown' ? { kind: 'unknown' } : { kind: 'failed' };
}

function verdictOfItem(item: INodeExecutionData | undefined): Verdict {
	if (item === undefined || item.json.error !== undefined) return { kind: 'failed' };
	return verdictOf(item.json.id, item.json.status);
}

/** What the node said about each item: in its output, or in the error that it stopped with. */
function verdictsOf(jobs: Job[], { items, error }: SingleNodeRun): Verdict[] {
	const completed: unknown = error && 'context' in error ? error.context.completed : undefined;
	const known: Record<string, unknown>[] = Array.isArray(completed) ? completed : [];
	return jobs.map((_, index) => {
		if (error) {
			const entry = known.find(({ itemIndex }) => itemIndex === index);
			return verdictOf(entry?.id, entry?.status);
		}
		return verdictOfItem(items.find(({ pairedItem }) => Object(pairedItem).item === index));
	});
}

/**
 * Sends `count` faxes through the node and a Telnyx with faults, and compares both sides.
 *
 * @returns also how often the first fax was sent or tried
 */
export async function sendThroughFaults(
	seed: number,
	count: number,
	{ settings, refusals }: Scenario,
): Promise<{ tally: Tally; tries: number }> {
	const restoreMemory = await keepBinaryDataOnDisk();
	// Documents stay with their faxes for the comparison, because no fax gets any further.
	const telnyx = await startTelnyx({ stepMs: 3_600_000 });
	try {
		const { standIn } = telnyx;
		const jobs = makeJobs(seed, count);
		const [number] = standIn.phoneNumbers.values();
		const items = await itemsOf(jobs, number.connection_id ?? '', number.phone_number);
		refuse(standIn, jobs[0].to, refusals);
		addLookAlikes(standIn, seed, number.phone_number, jobs);
		const earlier = new Set(standIn.faxes.keys());
		playMix(standIn, seed);
		const engine = telnyx.createEngine([new TelnyxFax()]);
		const run = await engine.runNode({ parameters, items, settings });
		const faxes = knownFaxes(standIn).filter(({ id }) => !earlier.has(id));
		const posts = knownPosts(standIn);
		return {
			tally: audit(jobs, verdictsOf(jobs, run), faxes, posts),
			tries: posts.filter(({ to }) => to === jobs[0].to).length,
		};
	} finally {
		await telnyx.close();
		await restoreMemory();
	}
}
