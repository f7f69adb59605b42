import { withNodeSettings } from '../../n8n/workflow';
import type { Fixture } from '../fixtures';

/** What a user sees when an item cannot be done. */
export function failureCases(fixture: Fixture): void {
	it('fails the execution with the reason, the item and the next step', async () => {
		const execution = await fixture.run('fax-send-several');

		expect(execution).toMatchObject({ status: 'error', lastNodeExecuted: 'Telnyx Fax' });
		expect(execution.error?.message).toMatch(/to/i);
		expect(execution.error).toMatchObject({ context: { itemIndex: 1 } });
	});

	it('puts the reason into the item and goes on when it was told to', async () => {
		const execution = await fixture.run('fax-send-several', (workflow) =>
			withNodeSettings(workflow, 'Telnyx Fax', { onError: 'continueRegularOutput' }),
		);

		expect(execution).toMatchObject({ status: 'success' });
		expect(execution.output('Telnyx Fax')).toMatchObject([
			{ json: { status: 'queued', to: '+13127367276' }, pairedItem: { item: 0 } },
			{ json: { error: expect.any(String) }, pairedItem: { item: 1 } },
			{ json: { status: 'queued', to: '+13127367277' }, pairedItem: { item: 2 } },
		]);
	});

	it("passes Telnyx's own words on", async () => {
		const execution = await fixture.run('fax-get');

		expect(execution).toMatchObject({ status: 'error', lastNodeExecuted: 'Telnyx Fax' });
		expect(JSON.stringify(execution.error)).toContain('404');
	});
}
