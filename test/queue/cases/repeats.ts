import { chain, done, faxTrigger } from '../../n8n/chain';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';
import { receiveFaxes } from '../load';
import { printTable } from '../table';
import { tally } from '../tally';

const events = 300;

/** What becomes of events that Telnyx delivers twice, to any of the webhook processors. */
export function repeatCases(fixture: Fixture): void {
	it('runs every event at least once when each comes twice, to any webhook processor', async () => {
		const { standIn, main, gateway, processors } = fixture.cluster;
		const workflow = await fixture.publish(
			chain('Repeats', faxTrigger(known.applicationId, { events: ['fax.received'] }), done),
		);
		gateway.taken.clear();
		standIn.faults.add({ kind: 'duplicate', on: { event: 'fax.received' } });
		await receiveFaxes(standIn, known.number, events);
		await fixture.quiet(workflow.id);

		const result = await tally(standIn, main.client, workflow.id, 'fax.received');
		printTable('Queue mode: events that come twice', [
			{
				events: result.events,
				deliveries: result.deliveries,
				'events run': result.executed,
				'runs beyond the first': result.doubled,
				'repeats dropped': result.deliveries - result.executed - result.doubled,
				lost: result.lost.length,
			},
		]);
		expect(result).toMatchObject({ events, executed: events, lost: [], refused: [] });
		for (const { origin } of processors) expect(gateway.taken.get(origin)).toBeGreaterThan(events);
	});
}
