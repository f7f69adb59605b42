import { isAxiosError } from 'axios';
import { sleep } from 'n8n-workflow';
import { z } from 'zod';

import { credentialSchema, N8nClient } from './client';
import type { Publication, StoredWorkflow } from './client';
import type { Execution, ExecutionSummary } from './execution';
import type { WorkflowJson } from './workflow';

/** The same for n8n 1, where its REST API differs from that of n8n 2. */
export class N8n1Client extends N8nClient {
	/** n8n 1 leaves it to the editor to find credentials by their names. */
	override async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		const stored = z.array(credentialSchema).parse(await this.get('/credentials'));
		const nodes = workflow.nodes.map((node) => {
			const named = z.record(z.object({ name: z.string() })).parse(node.credentials ?? {});
			const credentials = Object.entries(named).map(([type, { name }]) => {
				return [type, stored.find((one) => one.type === type && one.name === name)];
			});
			return { ...node, credentials: Object.fromEntries(credentials) };
		});
		return await super.createWorkflow({ ...workflow, nodes, active: false });
	}

	/** n8n 1 writes the data of an execution after its status. */
	override async executionEnd(
		...[id, options]: Parameters<N8nClient['executionEnd']>
	): Promise<Execution> {
		await super.executionEnd(id, options);
		await sleep(300);
		return await this.execution(id);
	}

	/** n8n 1 lists an execution twice that ends meanwhile. */
	override async executions(workflowId?: string): Promise<ExecutionSummary[]> {
		const listed = await super.executions(workflowId);
		return [...new Map(listed.map((execution) => [execution.id, execution])).values()];
	}

	/** n8n 1 wants the workflow with the request. */
	protected override async run(workflowId: string, triggerName: string): Promise<unknown> {
		const workflowData = await this.get(`/workflows/${workflowId}`);
		return await this.post(`/workflows/${workflowId}/run`, {
			workflowData,
			triggerToStartFrom: { name: triggerName },
		});
	}

	/** n8n 1 registers the triggers before it answers, and puts what they say into the refusal. */
	override async activate({ id, versionId }: StoredWorkflow): Promise<Publication> {
		return await this.post(`/workflows/${id}/activate`, { versionId }).then(
			() => ({ status: 'published', triggers: [] }),
			(error: unknown) => {
				if (!isAxiosError<{ message?: string }>(error) || !error.response) throw error;
				const errorMessage = error.response.data.message ?? null;
				return { status: 'failed', triggers: [{ nodeId: '', status: 'failed', errorMessage }] };
			},
		);
	}

	override async deactivate({ id }: StoredWorkflow): Promise<Publication> {
		await this.post(`/workflows/${id}/deactivate`, {});
		return { status: 'not_published', triggers: [] };
	}
}
