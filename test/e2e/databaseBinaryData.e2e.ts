import { downloadCases } from './cases/download';
import { useTestBed } from './fixtures';

describe('Telnyx Fax in an n8n that keeps binary data in its database', () => {
	const fixture = useTestBed({ n8n: { binaryDataMode: 'database' } });

	downloadCases(fixture, 'database');

	it('sends a file', async () => {
		const execution = await fixture.run('fax-send-binary');

		expect(execution).toMatchObject({ status: 'success' });
		const { standIn } = fixture.testBed;
		await standIn.settle();
		expect([...standIn.faxes.values()]).toMatchObject([{ status: 'delivered', pageCount: 2 }]);
	});
});
