import { chain, done, faxTrigger, itemsOf, onDemand, telnyxFax } from '../../n8n/chain';
import { waitFor } from '../../n8n/waitFor';
import { faxTo, known } from '../fixtures';
import type { Fixture } from '../fixtures';
import { receiveFaxes } from '../load';
import { printTable } from '../table';
import { tally } from '../tally';
import type { Tally } from '../tally';

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

	describe('Redis restarted under load', () => {
		const rows: Array<Record<string, string | number>> = [];

		const run = async (acknowledge: string): Promise<Tally> => {
			const { standIn, main, redis } = fixture.cluster;
			const parameters = { events: ['fax.received'], options: { acknowledge } };
			const workflow = await fixture.publish(
				chain('Load', faxTrigger(known.applicationId, parameters), done),
			);
			// Telnyx repeats for longer than Redis is away.
			standIn.webhookRetrySteps = [200, 800];
			await receiveFaxes(standIn, known.number, 150, new Map([[75, redis.restart]]));
			standIn.webhookRetrySteps = [1, 2];
			await fixture.quiet(workflow.id);
			const result = await tally(standIn, main.client, workflow.id, 'fax.received');
			rows.push({
				Acknowledge: acknowledge,
				events: result.events,
				acknowledged: result.acknowledged,
				run: result.executed,
				'runs beyond the first': result.doubled,
				'shown as failed': result.named,
				'shown as failed without data': result.anonymous,
				'acknowledged and not shown': Math.max(0, result.lost.length - result.anonymous),
				'given up by Telnyx': result.refused.length,
			});
			return result;
		};

		afterAll(() => printTable('Queue mode: Redis restarted under load', rows));

		it('runs every event that is acknowledged when its workflow has finished', async () => {
			expect(await run('whenWorkflowFinishes')).toMatchObject({ lost: [], named: 0 });
		});

		it('runs every event that is acknowledged at once, or shows its execution as failed', async () => {
			const { lost, anonymous } = await run('onReceived');

			expect(lost.length).toBeLessThanOrEqual(anonymous);
		});
	});
}
