import type { Fixture } from '../fixtures';

/**
 * Downloading a received fax into a binary field, in an n8n that keeps binary data as `mode` says.
 */
export function downloadCases(fixture: Fixture, mode: 'filesystem-v2' | 'database'): void {
	it('downloads a received document into a binary field', async () => {
		const document = await fixture.receiveFax();
		const execution = await fixture.run('fax-download');

		expect(execution).toMatchObject({ status: 'success' });
		const [item] = execution.output('Telnyx Fax');
		expect(item).toMatchObject({
			binary: {
				fax: {
					id: expect.stringMatching(new RegExp(`^${mode}:`)),
					mimeType: 'application/pdf',
					fileExtension: 'pdf',
				},
			},
			pairedItem: { item: 0 },
		});
		const file = item?.binary?.fax;
		if (!file) throw new Error('The item has no binary field "fax"');
		const content = await fixture.testBed.n8n.client.binaryContent(file);
		expect(content.equals(document)).toBe(true);
	});

	it('does not show the API key to the host of the document', async () => {
		await fixture.receiveFax();
		await fixture.run('fax-download');

		const { downloads } = fixture.testBed.standIn;
		expect(downloads).toMatchObject([{ status: 200 }]);
		expect(downloads[0]?.headers).not.toHaveProperty('authorization');
	});
}
