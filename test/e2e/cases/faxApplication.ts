import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

/** The fax application operations, each from a workflow of the editor. */
export function faxApplicationCases(fixture: Fixture): void {
	const stored = () => fixture.testBed.standIn.applications.get(known.applicationId);

	it('creates an application', async () => {
		const execution = await fixture.run('fax-application-create');

		const [item] = execution.output('Telnyx Fax');
		expect(item).toMatchObject({
			json: {
				id: expect.stringMatching(/^\d{19}$/),
				applicationName: 'Billing',
				active: true,
				webhookEventUrl: 'https://n8n.example.com/webhook/billing',
				webhookTimeoutSecs: 10,
				tags: ['billing', 'eu'],
			},
			pairedItem: { item: 0 },
		});
		expect(fixture.testBed.standIn.applications.get(String(item?.json.id))).toMatchObject({
			webhook_timeout_secs: 10,
			tags: ['billing', 'eu'],
		});
	});

	it('gets an application with every field of it', async () => {
		const execution = await fixture.run('fax-application-get');

		expect(execution.output('Telnyx Fax')).toEqual([{ json: stored(), pairedItem: { item: 0 } }]);
	});

	it('gets all applications in the order that was asked for', async () => {
		const execution = await fixture.run('fax-application-get-many');

		const names = execution.output('Telnyx Fax').map(({ json }) => json.applicationName);
		expect(names).toEqual(['Referrals', 'Front desk']);
	});

	it('changes the one field that was set and leaves the others as they are', async () => {
		const before = { ...stored() };
		const execution = await fixture.run('fax-application-update');

		expect(execution.output('Telnyx Fax')).toMatchObject([
			{ json: { id: known.applicationId, webhookTimeoutSecs: 25 }, pairedItem: { item: 0 } },
		]);
		expect(stored()).toEqual({
			...before,
			webhook_timeout_secs: 25,
			updated_at: expect.any(String),
		});
	});

	it('deletes an application', async () => {
		const { standIn } = fixture.testBed;
		for (const number of standIn.phoneNumbers.values()) number.connection_id = null;
		const execution = await fixture.run('fax-application-delete');

		expect(execution.output('Telnyx Fax')).toEqual([
			{ json: { deleted: true, id: known.applicationId }, pairedItem: { item: 0 } },
		]);
		expect(stored()).toBeUndefined();
	});
}
