import { chain, done, faxTrigger, onDemand, telnyxFax } from '../../n8n/chain';
import { faxTo, known } from '../fixtures';
import type { Fixture } from '../fixtures';

/** What each operation needs of queue mode. */
export function operationCases(fixture: Fixture): void {
	const ended = async (id: string) => await fixture.cluster.main.client.executionEnd(id);

	it('sends a fax from a worker', async () => {
		const { standIn, workersOf } = fixture.cluster;
		const id = await fixture.begin(
			chain('Send', onDemand, telnyxFax('send', faxTo('+13127367276'))),
		);

		const execution = await ended(id);
		expect(execution).toMatchObject({ status: 'success' });
		expect(await workersOf(id)).toHaveLength(1);
		await standIn.settle();
		expect([...standIn.faxes.values()]).toMatchObject([{ status: 'delivered' }]);
	});

	it('returns all faxes, over all pages', async () => {
		const { standIn } = fixture.cluster;
		const received = Array.from({ length: 600 }, () =>
			standIn.addFax({ direction: 'inbound', status: 'received' }),
		);
		const id = await fixture.begin(
			chain('Get many', onDemand, telnyxFax('getAll', { returnAll: true })),
		);

		const ids = (await ended(id)).output('Telnyx Fax').map(({ json }) => json.id);
		expect(ids).toHaveLength(received.length);
		expect(new Set(ids)).toEqual(new Set(received.map((fax) => fax.id)));
	});

	it('registers the webhook when the workflow is published, and restores the previous one', async () => {
		const { standIn, main } = fixture.cluster;
		const urlOf = () => standIn.applications.get(known.applicationId)?.webhook_event_url;
		const workflow = await fixture.publish(chain('Trigger', faxTrigger(known.applicationId)));
		expect(urlOf()).toMatch(/^https:\/\/n8n\.example\.com\/webhook\//);

		await main.client.deactivate(workflow);
		expect(urlOf()).toBe(known.previousUrl);
	});

	it('starts a workflow on a worker for an event that a webhook processor took', async () => {
		const { standIn, main, gateway, processors, workersOf } = fixture.cluster;
		const workflow = await fixture.publish(
			chain('Trigger', faxTrigger(known.applicationId, { events: ['fax.received'] }), done),
		);
		gateway.taken.clear();
		const fax = standIn.receiveFax({ from: '+13125550188', to: known.number });
		await standIn.settle();

		expect(gateway.taken.has(main.url)).toBe(false);
		expect(processors.some(({ origin }) => gateway.taken.has(origin))).toBe(true);
		const [{ id }] = await main.client.allExecutions(workflow.id);
		const execution = await ended(id);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		expect(execution.output('Done')).toMatchObject([
			{ json: { event: 'fax.received', faxId: fax.id } },
		]);
		expect(await workersOf(id)).toHaveLength(1);
	});
}
