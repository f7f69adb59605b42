import { inParallel } from '../../nodes/TelnyxFax/actions/parallel';
import type { N8nClient } from '../n8n/client';
import type { ExecutionStatus } from '../n8n/execution';
import type { StandIn } from '../standin';

/** What became of the events that the stand-in had for one workflow. */
export interface Tally {
	/** Events that there were. */
	events: number;
	/** Events of which at least one delivery was acknowledged. */
	acknowledged: number;
	/** Requests it took, repeats included. */
	deliveries: number;
	/** Events with at least one execution that succeeded. */
	executed: number;
	/** Executions beyond the first of an event. */
	doubled: number;
	/** Executions that n8n shows as failed or crashed, of events that never ran to the end. */
	named: number;
	/** Executions that n8n shows as failed without the data that they were started with. */
	anonymous: number;
	/** Acknowledged events without an execution that names them: fax ids. */
	lost: string[];
	/** Those of the lost that n8n itself answered before its webhooks were there. */
	answeredWhileBooting: number;
	/** Events whose every delivery failed: Telnyx shows them as failed. */
	refused: string[];
}

/**
 * Compares the events that Telnyx had for a workflow with what n8n shows of its executions.
 *
 * @param event the type of event that starts the workflow, whose trigger simplifies its output
 */
export async function tally(
	standIn: StandIn,
	client: N8nClient,
	workflowId: string,
	event: string,
): Promise<Tally> {
	const { byFax: runs, anonymous } = await statusesByFax(client, workflowId);
	const acknowledged = new Map<string, boolean>();
	const booting = new Set<string>();
	let deliveries = 0;
	for (const delivery of standIn.deliveries) {
		if (delivery.event.event_type !== event || delivery.faxId === undefined) continue;
		const { faxId, status } = delivery;
		acknowledged.set(faxId, acknowledged.get(faxId) === true || status === 'delivered');
		deliveries += delivery.attempts.length;
		const answers = delivery.attempts.map(({ answer }) => answer?.body ?? '');
		if (answers.some((body) => body.includes('n8n is starting up'))) booting.add(faxId);
	}
	const faxes = [...acknowledged.keys()];
	const succeeded = (id: string) => runs.get(id)?.includes('success') === true;
	const all = [...runs.values()];
	const lost = faxes.filter((id) => acknowledged.get(id) && !runs.has(id));
	return {
		events: faxes.length,
		acknowledged: faxes.filter((id) => acknowledged.get(id)).length,
		deliveries,
		executed: faxes.filter(succeeded).length,
		doubled: all.reduce((sum, { length }) => sum + length - 1, 0),
		named: faxes.filter((id) => runs.has(id) && !succeeded(id)).length,
		anonymous,
		lost,
		answeredWhileBooting: lost.filter((id) => booting.has(id)).length,
		refused: faxes.filter((id) => !acknowledged.get(id) && !runs.has(id)),
	};
}

async function statusesByFax(
	client: N8nClient,
	workflowId: string,
): Promise<{ byFax: Map<string, ExecutionStatus[]>; anonymous: number }> {
	const byFax = new Map<string, ExecutionStatus[]>();
	let anonymous = 0;
	const executions = await client.allExecutions(workflowId);
	await inParallel(executions.length, 8, async (index) => {
		const { id, status } = executions[index];
		const execution = await client.execution(id);
		const faxId = execution.startedBy('Telnyx Fax Trigger')?.json.faxId;
		if (typeof faxId === 'string') byFax.set(faxId, [...(byFax.get(faxId) ?? []), status]);
		else anonymous++;
		return true;
	});
	return { byFax, anonymous };
}
