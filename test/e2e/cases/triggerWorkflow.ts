import { z } from 'zod';

import { chain, done, faxTrigger } from '../../n8n/chain';
import type { ChainNode } from '../../n8n/chain';
import type { Publication, StoredWorkflow } from '../../n8n/client';
import type { Execution, ExecutionSummary } from '../../n8n/execution';
import { waitFor } from '../../n8n/waitFor';
import { withParameters } from '../../n8n/workflow';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

export const TRIGGER = 'Telnyx Fax Trigger';

/** Ends its execution in error. */
export const failing: ChainNode = {
	name: 'Fail',
	type: 'n8n-nodes-base.stopAndError',
	parameters: { errorMessage: 'The CRM is down' },
};

/** Takes 2 seconds. */
export const slow: ChainNode = {
	name: 'Wait',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { amount: 2, unit: 'seconds' },
};

/** A workflow that begins with the trigger, stored in n8n. */
export interface TriggerWorkflow {
	/** What Telnyx calls. */
	url: string;
	testUrl: string;
	/** The path of `url`, where n8n itself listens. */
	path: string;
	id: string;
	activate(): Promise<Publication>;
	deactivate(): Promise<Publication>;
	/** Changes parameters of the trigger; they count from the next activation on. */
	change(parameters: Record<string, unknown>): Promise<void>;
	executions(): Promise<ExecutionSummary[]>;
	/** Waits until so many executions have ended, and returns them, oldest first. */
	ended(count: number): Promise<Execution[]>;
}

/** Stores a workflow of the trigger and the nodes behind it; a do-nothing unless told. */
export async function triggerWorkflow(
	{ testBed }: Fixture,
	parameters: Record<string, unknown> = {},
	...behind: ChainNode[]
): Promise<TriggerWorkflow> {
	const { client } = testBed.n8n;
	const nodes = behind.length > 0 ? behind : [done];
	let json = chain('Receive faxes', faxTrigger(known.applicationId, parameters), ...nodes);
	const { webhookId } = z.object({ webhookId: z.string() }).parse(json.nodes[0]);
	let stored: StoredWorkflow = await client.createWorkflow(json);
	const path = `/webhook/${webhookId}/webhook`;
	const workflow: TriggerWorkflow = {
		url: `https://n8n.example.com${path}`,
		testUrl: `https://n8n.example.com/webhook-test/${webhookId}/webhook`,
		path,
		id: stored.id,
		activate: async () => await client.activate(stored),
		deactivate: async () => await client.deactivate(stored),
		change: async (changes) => {
			json = withParameters(json, TRIGGER, changes);
			stored = await client.updateWorkflow(stored.id, json);
		},
		executions: async () => await client.executions(stored.id),
		ended: async (count) => {
			const summaries = await waitFor(`${count} executions of workflow ${stored.id}`, async () => {
				const found = await workflow.executions();
				return found.length >= count ? found : undefined;
			});
			const all: Execution[] = [];
			for (const { id } of summaries.reverse()) all.push(await client.executionEnd(id));
			return all;
		},
	};
	return workflow;
}
