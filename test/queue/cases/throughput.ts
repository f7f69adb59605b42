import { inParallel } from '../../../nodes/TelnyxFax/actions/parallel';
import { chain, done, faxTrigger } from '../../n8n/chain';
import type { StoredWorkflow } from '../../n8n/client';
import { waitFor } from '../../n8n/waitFor';
import { cpuMs } from '../cpu';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';
import { printTable } from '../table';

const firstEvents = 20;
const events = 300;
const atATime = 10;
const sizes = [
	{ processors: 2, workers: 2 },
	{ processors: 1, workers: 2 },
	{ processors: 1, workers: 1 },
	{ processors: 2, workers: 1 },
];

type Row = Record<string, number>;

const costPrefix = 'CPU ms: ';

/** Events a second for one core that a program has for itself. */
function perCore(rows: Row[]): Row {
	const names = Object.keys(rows[0]).filter((name) => name.startsWith(costPrefix));
	const figures = names.map((name): [string, number] => {
		const ms = Math.min(...rows.map((row) => row[name]));
		return [name.slice(costPrefix.length), Math.floor(1000 / ms)];
	});
	return Object.fromEntries(figures);
}

/** Events a second, and what each costs: the figures to plan a larger set-up with. */
export function throughputCases(fixture: Fixture): void {
	const resize = async (size: { processors: number; workers: number }): Promise<void> => {
		const { processors, workers } = fixture.cluster;
		const all: Array<[typeof workers, number]> = [
			[processors, size.processors],
			[workers, size.workers],
		];
		for (const [members, wanted] of all) {
			for (const [index, member] of members.entries()) {
				if (index < wanted && !member.isRunning()) await member.start();
				if (index >= wanted && member.isRunning()) await member.stop();
			}
		}
	};

	/** Delivers events straight to the processors in turn and waits until all of them have run. */
	const measure = async (
		size: { processors: number; workers: number },
		workflow: StoredWorkflow,
	): Promise<Row> => {
		const { standIn, main, postgres, redis } = fixture.cluster;
		const { client } = main;
		const processors = fixture.cluster.processors.slice(0, size.processors);
		const url = standIn.applications.get(known.applicationId)?.webhook_event_url ?? '';
		const { pathname } = new URL(url);
		const payload = { connection_id: known.applicationId, direction: 'inbound' };
		const deliver = async (index: number): Promise<boolean> => {
			const { origin } = processors[index % processors.length];
			const event = {
				event_type: 'fax.received',
				payload: { ...payload, fax_id: `${workflow.id}-${index}`, status: 'received' },
			};
			const attempt = await standIn.deliver(event, { url: `${origin}${pathname}` });
			if (!attempt.delivered) throw new Error(attempt.error);
			return true;
		};
		const groups = {
			processors: processors.map((member) => member.pid()),
			workers: fixture.cluster.workers.map((member) => member.pid()),
			PostgreSQL: [postgres.pid],
			Redis: [redis.pid()],
		};
		const usage = async () => await Promise.all(Object.values(groups).map(cpuMs));

		// The first events of a process pay for what it loads.
		await inParallel(firstEvents, atATime, deliver);
		await fixture.quiet(workflow.id);
		const before = await usage();
		const earlier = await client.countSuccesses(workflow.id);
		const startedAt = Date.now();
		await inParallel(events, atATime, async (index) => await deliver(firstEvents + index));
		const acknowledgedAt = Date.now();
		await waitFor(
			'all events to run',
			async () => (await client.countSuccesses(workflow.id)) - earlier === events || undefined,
			{ timeoutMs: 150_000, intervalMs: 200 },
		);
		const ranAt = Date.now();
		const after = await usage();

		const costs = Object.keys(groups).map((name, index): [string, number] => {
			const ms = (after[index] - before[index]) / events;
			return [`${costPrefix}${name}`, Math.round(ms * 10) / 10];
		});
		const perSecond = (ms: number) => Math.round((events / ms) * 10_000) / 10;
		return {
			...size,
			'acknowledged/s': perSecond(acknowledgedAt - startedAt),
			'run/s': perSecond(ranAt - startedAt),
			...Object.fromEntries(costs),
		};
	};

	it('runs every event with one or two webhook processors and one or two workers', async () => {
		const workflow = await fixture.publish(
			chain('Throughput', faxTrigger(known.applicationId, { events: ['fax.received'] }), done),
		);
		const rows: Row[] = [];
		for (const size of sizes) {
			await resize(size);
			rows.push(await measure(size, workflow));
		}
		await resize({ processors: 2, workers: 2 });
		printTable('Queue mode: events a second on this one machine, CPU time per event', rows);
		printTable('Queue mode: events a second per CPU core, by the lowest times above', [
			perCore(rows),
		]);
		expect(rows).toHaveLength(sizes.length);
	}, 600_000);
}
