import type { ExecutionSummary } from '../n8n/execution';
import type { StoredWorkflow } from '../n8n/client';
import type { WorkflowJson } from '../n8n/workflow';
import { waitFor } from '../n8n/waitFor';
import { pdfDocument } from '../standin';
import { startCluster } from './cluster';
import type { Cluster, ClusterOptions } from './cluster';

/** What the workflows refer to. */
export const known = {
	applicationId: '2801234567890123456',
	/** The application's number. */
	number: '+13125790100',
	documentUrl: 'https://files.example.com/referral.pdf',
	/** The application's webhook URL before a trigger sets its own. */
	previousUrl: 'https://crm.example.com/fax',
};

/** Parameters of a fax from the application to `to`. */
export function faxTo(to: string): Record<string, unknown> {
	return {
		faxApplicationId: { __rl: true, mode: 'id', value: known.applicationId },
		from: { __rl: true, mode: 'number', value: known.number },
		to,
		documentSource: 'url',
		mediaUrl: known.documentUrl,
	};
}

/** The one cluster of a test file, for its cases. */
export interface Fixture {
	/** The running cluster; only inside hooks and tests. */
	readonly cluster: Cluster;
	/** The PDF that `known.documentUrl` leads to. */
	readonly document: Buffer;
	/** Stores and publishes a workflow until the end of the test. */
	publish(workflow: WorkflowJson): Promise<StoredWorkflow>;
	/** Waits until all executions of a workflow have ended and no further one shows up. */
	quiet(workflowId: string): Promise<void>;
	/** Stores a workflow and starts it on demand; returns the execution's id. */
	begin(workflow: WorkflowJson): Promise<string>;
}

/**
 * Boots one cluster before the tests of a file and ends it after them. Before each test the
 * stand-in holds what `known` names; after it, the workflows that it published are unpublished.
 */
export function useCluster(options: ClusterOptions): Fixture {
	let cluster: Cluster;
	let document: Buffer;
	let published: StoredWorkflow[] = [];

	beforeAll(async () => {
		cluster = await startCluster(options);
		document = await pdfDocument({ title: 'Referral', pages: 2 });
		// The first time, n8n has to be installed.
	}, 20 * 60_000);

	beforeEach(() => {
		const { standIn } = cluster;
		standIn.reset();
		standIn.faults.clear();
		standIn.latencyMs = 0;
		const [profile] = standIn.voiceProfiles.values();
		standIn.addApplication({
			id: known.applicationId,
			application_name: 'Referrals',
			webhook_event_url: known.previousUrl,
			outbound: { channel_limit: null, outbound_voice_profile_id: profile?.id ?? null },
		});
		standIn.addPhoneNumber({ phone_number: known.number, connection_id: known.applicationId });
		standIn.serve(known.documentUrl, document, 'application/pdf');
	});

	afterEach(async () => {
		for (const workflow of published.splice(0)) await cluster.main.client.deactivate(workflow);
	});

	afterAll(async () => {
		await cluster?.close();
	}, 120_000);

	return {
		get cluster() {
			return cluster;
		},
		get document() {
			return document;
		},
		publish: async (workflow) => {
			const { client } = cluster.main;
			const stored = await client.createWorkflow(workflow);
			published = [...published, stored];
			const { status, triggers } = await client.activate(stored);
			if (status !== 'published') throw new Error(`Not published: ${JSON.stringify(triggers)}`);
			return stored;
		},
		quiet: async (workflowId) => {
			let before = -1;
			const look = async (): Promise<true | undefined> => {
				const executions = await cluster.main.client.allExecutions(workflowId);
				const isQuiet = executions.length === before && executions.every(hasEnded);
				before = executions.length;
				return isQuiet || undefined;
			};
			const what = `the executions of workflow ${workflowId} to end`;
			await waitFor(what, look, { timeoutMs: 150_000, intervalMs: 2000 });
		},
		begin: async (workflow) => {
			const { client } = cluster.main;
			const { id } = await client.createWorkflow(workflow);
			return await client.startWorkflow(id, workflow.nodes[0].name);
		},
	};
}

/** Whether an execution has come to an end of any kind. */
export function hasEnded({ status }: ExecutionSummary): boolean {
	return ['success', 'error', 'canceled', 'crashed'].includes(status);
}
