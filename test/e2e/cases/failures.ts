import { chain, chosen, itemsOf, onDemand, telnyxFax } from '../../n8n/chain';
import { withNodeSettings } from '../../n8n/workflow';
import type { WorkflowJson } from '../../n8n/workflow';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

const refused = '+13127367276';
const cutOff = '+13127367277';
const fine = '+13127367278';

const send = telnyxFax('send', {
	faxApplicationId: chosen(known.applicationId),
	from: chosen(known.number),
	to: '={{ $json.value }}',
	documentSource: 'url',
	mediaUrl: known.documentUrl,
});

const retries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };

/** Sends a fax to each recipient in a loop of its own round. */
function inLoop(recipients: string[]): WorkflowJson {
	const loop = { name: 'Loop', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3 };
	const workflow = chain('In a loop', onDemand, ...itemsOf(recipients), loop, send);
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	const connections = {
		...workflow.connections,
		[loop.name]: { main: [[], to(send.name)] },
		[send.name]: { main: [to(loop.name)] },
	};
	return { ...workflow, connections };
}

/** What a user sees when an item cannot be done. */
export function failureCases(fixture: Fixture): void {
	const fault = (kind: 'forbidden' | 'resetAfterAcceptance', recipient: string) => {
		const when = ({ json }: { json?: unknown }) => JSON.stringify(json).includes(recipient);
		const on = { method: 'POST', path: /^\/v2\/faxes$/, when };
		fixture.testBed.standIn.faults.add({ kind, times: 1, on });
	};
	const recipientsOf = () => [...fixture.testBed.standIn.faxes.values()].map(({ to }) => to);

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

	it.each([
		['stops on errors', {}],
		['continues on errors', { onError: 'continueRegularOutput' }],
	])('sends nothing twice with Retry On Fail where it %s', async (_what, settings) => {
		fault('forbidden', refused);
		fault('resetAfterAcceptance', cutOff);
		const recipients = [refused, cutOff, fine];
		const workflow = chain('Retried', onDemand, ...itemsOf(recipients), send);
		const execution = await fixture.testBed.n8n.client.runWorkflow(
			withNodeSettings(workflow, send.name, { ...retries, ...settings }),
		);

		expect(execution).toMatchObject({ status: 'success' });
		expect(recipientsOf().sort()).toEqual(recipients);
		expect(execution.output(send.name)).toMatchObject(
			recipients.map((to) => ({ json: { to, id: expect.any(String) } })),
		);
	});

	it('sends a fax for each round of a loop, however often a round is tried', async () => {
		fault('forbidden', fine);
		const execution = await fixture.testBed.n8n.client.runWorkflow(
			withNodeSettings(inLoop([fine, fine]), send.name, retries),
		);

		expect(execution).toMatchObject({ status: 'success' });
		expect(recipientsOf()).toEqual([fine, fine]);
	});
}
