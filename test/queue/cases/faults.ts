import { sleep } from 'n8n-workflow';

import { chain, done, faxTrigger, itemsOf, onDemand, telnyxFax } from '../../n8n/chain';
import { waitFor } from '../../n8n/waitFor';
import { faxTo, known } from '../fixtures';
import type { Fixture } from '../fixtures';
import { printTable } from '../table';
import { tally } from '../tally';

/** What happens to servers. */
export function faultCases(fixture: Fixture): void {
	it('sends no fax twice when a worker is killed while it sends', async () => {
		const { standIn, main, workersOf } = fixture.cluster;
		const recipients = Array.from({ length: 40 }, (_, index) => `+131273672${10 + index}`);
		standIn.latencyMs = 300;
		const parameters = { ...faxTo('={{ $json.value }}'), options: { maxParallelRequests: 2 } };
		const id = await fixture.begin(
			chain('Many', onDemand, ...itemsOf(recipients), telnyxFax('send', parameters)),
		);
		await waitFor('some faxes to be sent', () => standIn.faxes.size >= 5 || undefined);
		const [worker] = await workersOf(id);
		await worker.kill();

		const execution = await main.client.executionEnd(id, { timeoutMs: 120_000 });
		expect(['error', 'crashed']).toContain(execution.status);
		const numbers = [...standIn.faxes.values()].map(({ to }) => to);
		expect(numbers.length).toBeLessThan(recipients.length);
		expect(new Set(numbers).size).toBe(numbers.length);
		expect(await workersOf(id)).toEqual([worker]);
		await worker.start();
	});

	it('runs or names every acknowledged event when Redis is restarted meanwhile', async () => {
		const { standIn, main, redis } = fixture.cluster;
		const workflow = await fixture.publish(
			chain('Load', faxTrigger(known.applicationId, { events: ['fax.received'] }), done),
		);
		standIn.webhookRetrySteps = [40, 200];
		for (let fax = 0; fax < 150; fax++) {
			standIn.receiveFax({ from: '+13125550188', to: known.number });
			if (fax === 75) await redis.restart();
			await sleep(20);
		}
		await standIn.settle();
		standIn.webhookRetrySteps = [1, 2];
		await fixture.quiet(workflow.id);

		const result = await tally(standIn, main.client, workflow.id, 'fax.received');
		printTable('Queue mode: Redis restarted under load', [
			{
				events: result.events,
				acknowledged: result.acknowledged,
				run: result.executed,
				'runs beyond the first': result.doubled,
				'failed and shown': result.named,
				lost: result.lost.length,
				'refused, failed at Telnyx': result.refused.length,
			},
		]);
		expect(result.lost).toEqual([]);
	});
}
