import { sleep } from 'n8n-workflow';

import { chain, faxTrigger, telnyxFax } from '../n8n/chain';
import { startTestBed } from '../n8n/testBed';
import type { TestBed } from '../n8n/testBed';
import { waitFor } from '../n8n/waitFor';
import { receiveFaxes } from '../queue/load';
import { printTable } from '../queue/table';
import { tally } from '../queue/tally';
import type { Tally } from '../queue/tally';

const applicationId = '2801234567890123456';
const number = '+13125790100';

const events = 200;
/** Ends n8n when this many events are on their way. */
const kills = [60, 140];

/** Executions that can be under way when n8n is killed: those of about a second. */
const mostUnderWay = 20;

/** Acknowledged events, at the least, of which n8n shows not even an execution without data. */
function withoutTrace({ lost, answeredWhileBooting, anonymous }: Tally): number {
	return Math.max(0, lost.length - answeredWhileBooting - anonymous);
}

/** What the README shows of the events of one run. */
function row(acknowledge: string, result: Tally): Record<string, string | number> {
	return {
		Acknowledge: acknowledge,
		events: result.events,
		deliveries: result.deliveries,
		executed: result.executed,
		doubled: result.doubled,
		'interrupted, shown as failed': result.named,
		'shown as failed without data': result.anonymous,
		'answered by n8n itself while it boots': result.answeredWhileBooting,
		'lost without a trace': withoutTrace(result),
		'given up by Telnyx': result.refused.length,
	};
}

describe('One n8n, killed twice under load while Telnyx repeats what was not acknowledged', () => {
	let testBed: TestBed;
	const rows: Array<Record<string, string | number>> = [];

	/** Sends events to a trigger, ends n8n with SIGKILL meanwhile, and counts what became of them. */
	const run = async (acknowledge: string): Promise<Tally> => {
		const { standIn, n8n } = testBed;
		const { client } = n8n;
		standIn.reset();
		standIn.addApplication({ id: applicationId });
		standIn.addPhoneNumber({ phone_number: number, connection_id: applicationId });
		const workflow = await client.createWorkflow(
			chain(
				`Acknowledge: ${acknowledge}`,
				faxTrigger(applicationId, { events: ['fax.received'], options: { acknowledge } }),
				// Something that takes its time, so that there are executions to interrupt.
				telnyxFax('get', { faxId: { __rl: true, mode: 'id', value: '={{ $json.faxId }}' } }),
			),
		);
		await client.activate(workflow);
		standIn.latencyMs = 300;
		const crash = async () => {
			await n8n.kill();
			// Events that find nobody there.
			await sleep(1000);
			await n8n.restart();
		};
		const crashes = kills.map((sent): [number, typeof crash] => [sent, crash]);
		await receiveFaxes(standIn, number, events, new Map(crashes));
		const look = async () => {
			const all = await client.allExecutions(workflow.id);
			return all.every(({ status }) => status !== 'running' && status !== 'new') || undefined;
		};
		await waitFor('the executions to end', look);
		standIn.latencyMs = 0;
		const result = await tally(standIn, client, workflow.id, 'fax.received');
		rows.push(row(acknowledge, result));
		await client.deactivate(workflow);
		return result;
	};

	beforeAll(async () => {
		testBed = await startTestBed();
		// Telnyx repeats for longer than n8n takes to boot.
		testBed.standIn.webhookRetrySteps = [800, 1600];
	}, 20 * 60_000);

	afterAll(async () => {
		printTable('One n8n, killed twice under load', rows);
		await testBed?.close();
	});

	it('loses no event that reaches a trigger which acknowledges when its workflow has finished', async () => {
		const result = await run('whenWorkflowFinishes');

		const { executed, answeredWhileBooting } = result;
		expect(result).toMatchObject({ events, named: 0, refused: [] });
		// Until its database is migrated, n8n answers everything with 200 and asks no node.
		expect(executed + answeredWhileBooting).toBe(events);
		expect(answeredWhileBooting).toBeLessThanOrEqual(kills.length);
	});

	it('runs every event that is acknowledged at once, but for those that a kill interrupted', async () => {
		const result = await run('onReceived');

		expect(result.refused).toEqual([]);
		expect(withoutTrace(result)).toBe(0);
		expect(events - result.executed).toBeLessThanOrEqual(kills.length * mostUnderWay);
	});
});
