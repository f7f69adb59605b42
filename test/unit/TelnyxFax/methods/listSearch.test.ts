import type { INodeListSearchResult } from 'n8n-workflow';

import { TelnyxFax } from '../../../../nodes/TelnyxFax/TelnyxFax.node';
import type { Engine } from '../../../support/engine';
import { searchList } from '../../../support/contexts';
import type { ListSearch } from '../../../support/contexts';
import { startTelnyx } from '../../../support/telnyx';
import type { Telnyx } from '../../../support/telnyx';

let telnyx: Telnyx;
let engine: Engine;

beforeAll(async () => {
	telnyx = await startTelnyx();
	engine = telnyx.createEngine([new TelnyxFax()]);
});

beforeEach(() => telnyx.standIn.reset());

afterAll(async () => await telnyx.close());

const search = async (method: string, options: ListSearch = {}) =>
	await searchList(engine, method, options);

const labels = ({ results }: INodeListSearchResult) => results.map(({ name }) => name);

/** All pages of a list, as a user sees who scrolls to its end. */
async function scroll(method: string, options: ListSearch = {}) {
	const pages: INodeListSearchResult[] = [];
	let paginationToken: string | undefined;
	do {
		const page = await search(method, { ...options, paginationToken });
		pages.push(page);
		paginationToken = page.paginationToken === undefined ? undefined : String(page.paginationToken);
	} while (paginationToken !== undefined && pages.length < 20);
	return pages;
}

const lastQuery = () => telnyx.standIn.requests.at(-1)?.query;

describe('the list of fax applications', () => {
	it('is ordered by name and says which are inactive', async () => {
		telnyx.standIn.addApplication({ application_name: 'Archive', active: false });
		telnyx.standIn.addApplication({ application_name: 'Zeta' });
		const { results, paginationToken } = await search('searchFaxApplications');
		expect(labels({ results })).toEqual(['Archive (inactive)', 'Front desk', 'Zeta']);
		expect(results.every(({ value }) => /^\d{19}$/.test(String(value)))).toBe(true);
		expect(paginationToken).toBeUndefined();
	});

	it('goes on page by page', async () => {
		for (let number = 1; number <= 119; number++) telnyx.standIn.addApplication();
		const pages = await scroll('searchFaxApplications');
		expect(pages.map(({ results }) => results.length)).toEqual([50, 50, 20]);
		const values = pages.flatMap(({ results }) => results.map(({ value }) => value));
		expect(new Set(values).size).toBe(120);
	});

	it('is searched by Telnyx from three characters on, before that by the node', async () => {
		telnyx.standIn.addApplication({ application_name: 'Clinic intake' });
		expect(labels(await search('searchFaxApplications', { filter: 'CLINIC' }))).toEqual([
			'Clinic intake',
		]);
		expect(lastQuery()).toMatchObject({ filter: { application_name: { contains: 'CLINIC' } } });
		expect(labels(await search('searchFaxApplications', { filter: ' cl ' }))).toEqual([
			'Clinic intake',
		]);
		expect(lastQuery()).not.toHaveProperty('filter');
	});

	it('finds an application by its id', async () => {
		const { id } = telnyx.standIn.addApplication({ application_name: 'Clinic intake' });
		expect(labels(await search('searchFaxApplications', { filter: id }))).toEqual([
			'Clinic intake',
		]);
	});
});

describe('the list of numbers to send from', () => {
	const chosen = (value: string) => ({
		parameters: {
			resource: 'fax',
			operation: 'send',
			faxApplicationId: { __rl: true, mode: 'list', value },
		},
	});

	it('shows all numbers with their application', async () => {
		const { results } = await search('searchFromNumbers', chosen(''));
		expect(labels({ results }).sort()).toEqual([
			'+13125790015 (Front desk)',
			'+13127367276 (Front desk)',
			'+17733372107',
		]);
		expect(results.map(({ value }) => value)).toContain('+13125790015');
	});

	it('shows those of the chosen application first, and none twice', async () => {
		const [application] = telnyx.standIn.applications.keys();
		const pages = await scroll('searchFromNumbers', chosen(application));
		expect(pages.map(labels)).toEqual([
			expect.arrayContaining(['+13125790015 (Front desk)', '+13127367276 (Front desk)']),
			['+17733372107'],
		]);
	});

	it.each(['312 579', '(312) 579', '+1 312-579', '579'])('is searched for %j', async (filter) => {
		expect(labels(await search('searchFromNumbers', { filter, ...chosen('') }))).toEqual([
			'+13125790015 (Front desk)',
		]);
	});

	it.each(['front', '15'])('is searched by the node for %j', async (filter) => {
		const found = labels(await search('searchFromNumbers', { filter, ...chosen('') }));
		expect(found).toContain('+13125790015 (Front desk)');
		expect(lastQuery()).not.toHaveProperty('filter');
	});
});

describe('the list of numbers of the account', () => {
	it('gives ids', async () => {
		const { results } = await search('searchPhoneNumbers', { filter: '7733372107' });
		const number = [...telnyx.standIn.phoneNumbers.values()].find(
			({ phone_number }) => phone_number === '+17733372107',
		);
		expect(results).toEqual([{ name: '+17733372107', value: number?.id }]);
	});
});

describe('the list of faxes', () => {
	const createdAt = Date.parse('2026-05-31T08:00:00Z');

	it('is told apart by direction, partner, time and status, most recent first', async () => {
		telnyx.standIn.addFax({ to: '+13125550002', status: 'delivered', createdAt });
		telnyx.standIn.addFax({
			direction: 'inbound',
			from: '+13125550003',
			status: 'received',
			createdAt: createdAt + 60_000,
		});
		expect(labels(await search('searchFaxes'))).toEqual([
			'Received from +13125550003, 2026-05-31 08:01 UTC, received',
			'Sent to +13125550002, 2026-05-31 08:00 UTC, delivered',
		]);
	});

	it.each(['5550002', 'delivered', 'SENT TO', '2026-05-31'])(
		'is searched for %j',
		async (filter) => {
			const { id } = telnyx.standIn.addFax({ to: '+13125550002', status: 'delivered', createdAt });
			telnyx.standIn.addFax({
				direction: 'inbound',
				status: 'received',
				createdAt: createdAt + 86_400_000,
			});
			expect((await search('searchFaxes', { filter })).results).toMatchObject([{ value: id }]);
		},
	);

	it('finds a fax by its id', async () => {
		const { id } = telnyx.standIn.addFax();
		telnyx.standIn.addFax();
		expect((await search('searchFaxes', { filter: id })).results).toMatchObject([{ value: id }]);
	});
});

it.each(['nonsense', '9:1', '-1:0', '1:', '__proto__', ''])(
	'a list begins or ends, but does not break, with the token %j',
	async (paginationToken) => {
		const result = await search('searchFaxApplications', { paginationToken });
		expect(result.results.length).toBeLessThanOrEqual(1);
	},
);

it('says what is wrong with the key', async () => {
	const other = telnyx.createEngine([new TelnyxFax()], { credential: { apiKey: 'wrong' } });
	await expect(searchList(other, 'searchFaxes')).rejects.toMatchObject({
		httpCode: '401',
		description: 'Check the API key in the credential',
	});
});
