import { chain, faxTrigger, telnyxFax } from '../../n8n/chain';
import { faxTo, known } from '../fixtures';
import type { Fixture } from '../fixtures';

/** Files that one process of n8n takes and another one needs. */
export function documentCases(fixture: Fixture): void {
	it('hands the document that a webhook processor downloaded to the worker, which faxes it on', async () => {
		const { standIn, main } = fixture.cluster;
		const parameters = { events: ['fax.received'], downloadDocument: true };
		const workflow = await fixture.publish(
			chain(
				'Forward',
				faxTrigger(known.applicationId, parameters),
				telnyxFax('send', { ...faxTo('+13127367276'), documentSource: 'binary' }),
			),
		);
		standIn.receiveFax({ from: '+13125550188', to: known.number, document: fixture.document });
		await standIn.settle();

		const [{ id }] = await main.client.allExecutions(workflow.id);
		expect(await main.client.executionEnd(id)).toMatchObject({ status: 'success' });
		await standIn.settle();
		const sent = [...standIn.faxes.values()].filter(({ direction }) => direction === 'outbound');
		expect(sent).toMatchObject([{ status: 'delivered', pageCount: 2 }]);
		const upload = standIn.requests.find(({ path, method }) => {
			return method === 'POST' && path === '/v2/faxes';
		});
		const file = upload?.parts?.find(({ name }) => name === 'contents');
		expect(file?.bytes?.equals(fixture.document)).toBe(true);
	});
}
