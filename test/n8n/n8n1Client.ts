import { isAxiosError } from 'axios';
import { z } from 'zod';

import { N8nClient } from './client';
import type { Publication, StoredWorkflow } from './client';
import type { WorkflowJson } from './workflow';

/** The same for n8n 1, where its REST API differs from that of n8n 2. */
export class N8n1Client extends N8nClient {
	override async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		return await super.createWorkflow({ ...workflow, active: false });
	}

	override async startWorkflow(workflowId: string, triggerName: string): Promise<string> {
		const workflowData = await this.get(`/workflows/${workflowId}`);
		const started = await this.post(`/workflows/${workflowId}/run`, {
			workflowData,
			triggerToStartFrom: { name: triggerName },
		});
		return z.object({ executionId: z.string() }).parse(started).executionId;
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
