import { sleep } from 'n8n-workflow';

import { chain, itemsOf, onDemand, telnyxFax } from '../../n8n/chain';
import type { ChainNode } from '../../n8n/chain';
import type { Execution } from '../../n8n/execution';
import type { WorkflowJson } from '../../n8n/workflow';
import { faxTo } from '../fixtures';
import type { Fixture } from '../fixtures';

const recipients = ['+13127367276', '+13127367277', '+13127367278'];

const afterwardsUrl = 'https://files.example.com/afterwards.pdf';

/** Shows in the stand-in's downloads how often a workflow went on. */
const afterwards: ChainNode = {
	name: 'Afterwards',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { url: afterwardsUrl, options: {} },
	settings: { executeOnce: true },
};

function sendAndWait(options: Record<string, unknown> = {}): WorkflowJson {
	const parameters = { ...faxTo('={{ $json.value }}'), options };
	return chain(
		'Send and wait',
		onDemand,
		...itemsOf(recipients),
		telnyxFax('sendAndWaitForResult', parameters),
		afterwards,
	);
}

/** Parked executions: who may take the callback, and what may be restarted meanwhile. */
export function waitingCases(fixture: Fixture): void {
	/** Starts the workflow so many times and waits until all executions are parked. */
	const park = async (count: number, workflow: WorkflowJson): Promise<string[]> => {
		const { client } = fixture.cluster.main;
		const begun = Array.from({ length: count }, async () => await fixture.begin(workflow));
		const ids = await Promise.all(begun);
		for (const id of ids) await client.executionEnd(id, { statuses: ['waiting'] });
		return ids;
	};
	const ends = async (ids: string[]): Promise<Execution[]> => {
		const { client } = fixture.cluster.main;
		const options = { timeoutMs: 120_000 };
		return await Promise.all(ids.map(async (id) => await client.executionEnd(id, options)));
	};
	const expectDelivered = async (ids: string[]): Promise<void> => {
		const { standIn } = fixture.cluster;
		const delivered = recipients.map((to) => ({
			json: { to, status: 'delivered', final: true },
		}));
		for (const execution of await ends(ids)) {
			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Telnyx Fax')).toMatchObject(delivered);
		}
		expect(standIn.faxes.size).toBe(ids.length * recipients.length);
		const wentOn = standIn.downloads.filter(({ path }) => path === '/afterwards.pdf');
		expect(wentOn).toHaveLength(ids.length);
	};

	beforeEach(() => {
		const { standIn } = fixture.cluster;
		standIn.serve(afterwardsUrl, fixture.document);
		// Long enough to park before the first result.
		standIn.stepMs = 1500;
	});

	afterEach(() => {
		fixture.cluster.standIn.stepMs = 25;
	});

	it('resumes each execution once, whichever webhook processors take its events', async () => {
		const { standIn, gateway, processors } = fixture.cluster;
		gateway.taken.clear();
		standIn.faults.add({ kind: 'duplicate', on: { event: 'fax.delivered' } });
		const ids = await park(5, sendAndWait());

		await expectDelivered(ids);
		await standIn.settle();
		for (const { origin } of processors) expect(gateway.taken.has(origin)).toBe(true);
	});

	it('resumes where the main process takes the events', async () => {
		const { gateway, main, processors } = fixture.cluster;
		gateway.processors = [];
		gateway.taken.clear();
		const ids = await park(2, sendAndWait());

		await expectDelivered(ids);
		expect(gateway.taken.get(main.url)).toBeGreaterThan(0);
		gateway.processors = processors.map(({ origin }) => origin);
	});

	it('ends every parked execution although the main process is killed meanwhile', async () => {
		const { main, standIn } = fixture.cluster;
		const ids = await park(5, sendAndWait());
		await main.kill();
		await standIn.settle();
		await main.restart();

		await expectDelivered(ids);
	});

	it('ends an execution whose time limit passes while the main process is down', async () => {
		const { main, standIn } = fixture.cluster;
		standIn.stepMs = 60_000;
		const seconds = 10;
		const limit = { limitType: 'afterTimeInterval', resumeAmount: seconds, resumeUnit: 'seconds' };
		const [id] = await park(1, sendAndWait({ limitWaitTime: { values: limit } }));
		await main.kill();
		await sleep(seconds * 1000);
		await main.restart();

		const [execution] = await ends([id]);
		expect(execution).toMatchObject({ status: 'success' });
		expect(execution.output('Telnyx Fax')).toMatchObject(
			recipients.map((to) => ({ json: { to, id: expect.any(String), final: false } })),
		);
		expect(standIn.faxes.size).toBe(recipients.length);
	});

	it('ends every parked execution although Redis is restarted meanwhile', async () => {
		const { redis } = fixture.cluster;
		const ids = await park(5, sendAndWait());
		await redis.restart();

		await expectDelivered(ids);
	});
}
