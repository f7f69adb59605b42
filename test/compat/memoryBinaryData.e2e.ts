import { useTestBed } from '../e2e/fixtures';

describe('Telnyx Fax in an n8n that keeps binary data in the item, as n8n 1 does by default', () => {
	const fixture = useTestBed({ n8n: { binaryDataMode: 'default' } });

	it('downloads a received document into a binary field', async () => {
		const document = await fixture.receiveFax();
		const execution = await fixture.run('fax-download');

		const [item] = execution.output('Telnyx Fax');
		expect(item?.binary?.fax).toMatchObject({ mimeType: 'application/pdf' });
		expect(item?.binary?.fax).not.toHaveProperty('id');
		expect(item?.binary?.fax?.data).toBe(document.toString('base64'));
	});

	it('sends a file', async () => {
		const execution = await fixture.run('fax-send-binary');

		expect(execution).toMatchObject({ status: 'success' });
		const { standIn } = fixture.testBed;
		await standIn.settle();
		expect([...standIn.faxes.values()]).toMatchObject([{ status: 'delivered', pageCount: 2 }]);
	});
});
