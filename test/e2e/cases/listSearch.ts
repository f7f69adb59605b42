import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

/** The lists behind the locators, asked for the way the editor does. */
export function listSearchCases(fixture: Fixture): void {
	const search = async (
		methodName: string,
		more: { parameters?: Record<string, string>; filter?: string; paginationToken?: unknown } = {},
	) => {
		const { credential, n8n } = fixture.testBed;
		return await n8n.client.listSearch({
			nodeType: 'n8n-nodes-telnyx-fax.telnyxFax',
			methodName,
			credentials: { telnyxFaxApi: { id: credential.id, name: credential.name } },
			parameters: {},
			...more,
		});
	};

	it('lists fax applications by name', async () => {
		const { results } = await search('searchFaxApplications');

		expect(results).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					name: expect.stringContaining('Referrals'),
					value: known.applicationId,
				}),
			]),
		);
		expect(results).toHaveLength(2);
	});

	it('finds fax applications by a part of their name', async () => {
		const { results } = await search('searchFaxApplications', { filter: 'refer' });

		expect(results).toMatchObject([{ value: known.applicationId }]);
	});

	it('lists the next page of fax applications', async () => {
		for (let index = 0; index < 300; index++) fixture.testBed.standIn.addApplication();
		const first = await search('searchFaxApplications');
		const second = await search('searchFaxApplications', {
			paginationToken: first.paginationToken,
		});

		const values = [...first.results, ...second.results].map(({ value }) => value);
		expect(first.paginationToken).toBeDefined();
		expect(new Set(values).size).toBe(values.length);
	});

	it("lists the chosen application's numbers first", async () => {
		const parameters = { faxApplicationId: known.applicationId };
		const first = await search('searchFromNumbers', { parameters });
		const second = await search('searchFromNumbers', {
			parameters,
			paginationToken: first.paginationToken,
		});

		expect(first.results).toMatchObject([{ value: known.number }]);
		expect(second.results.map(({ value }) => value)).toEqual(
			expect.arrayContaining(['+13125790015', '+13127367276', '+17733372107', '+13125790199']),
		);
		expect(second.results).toHaveLength(4);
	});

	it('lists faxes, the most recent first', async () => {
		const { standIn } = fixture.testBed;
		const now = Date.now();
		const older = standIn.addFax({ createdAt: now - 60_000, to: '+13125550001' });
		const newer = standIn.addFax({ createdAt: now, to: '+13125550002' });
		const { results } = await search('searchFaxes');

		expect(results).toMatchObject([
			{ name: expect.stringContaining('+13125550002'), value: newer.id },
			{ name: expect.stringContaining('+13125550001'), value: older.id },
		]);
	});
}
