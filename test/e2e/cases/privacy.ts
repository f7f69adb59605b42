import { withParameters } from '../../n8n/workflow';
import type { Fixture } from '../fixtures';

/** What n8n keeps of a fax where people must keep personal data out of its executions. */
export function privacyCases(fixture: Fixture): void {
	it('keeps numbers and links out of the execution, in the raw answer too', async () => {
		await fixture.receiveFax();
		const execution = await fixture.run('privacy-get-many');

		const [item] = execution.output('Telnyx Fax');
		expect(item?.json).toMatchObject({ from: '+*******0188', to: '+*******0100' });
		expect(item?.json).not.toHaveProperty('media_url');
		expect(JSON.stringify(item)).not.toMatch(/X-Amz|\+1\d{10}/);
	});

	it('deletes a received fax at Telnyx once its document is in n8n', async () => {
		const document = await fixture.receiveFax();
		const execution = await fixture.run('fax-download', (workflow) =>
			withParameters(workflow, 'Telnyx Fax', { options: { deleteAfterDownload: true } }),
		);

		const [item] = execution.output('Telnyx Fax');
		expect(item?.json).toMatchObject({ deleted: true });
		expect(fixture.testBed.standIn.faxes.size).toBe(0);
		const { fax } = item?.binary ?? {};
		if (!fax) throw new Error('The item has no binary field "fax"');
		expect((await fixture.testBed.n8n.client.binaryContent(fax)).equals(document)).toBe(true);
	});
}
