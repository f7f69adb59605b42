import { sleep } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { telnyxList, telnyxPage } from '../../../nodes/shared/pagination';
import { telnyxRequest } from '../../../nodes/shared/transport';
import type { TelnyxContext } from '../../../nodes/shared/transport';

jest.mock('../../../nodes/shared/transport', () => ({ telnyxRequest: jest.fn() }));

/** Only handed on to the request. */
const context: TelnyxContext = Object.create(null);

interface Asked {
	page: number;
	size: number;
}

let asked: Asked[];

/** Answers each page request with what `answer` makes of it. */
function answerPages(answer: (asked: Asked) => IDataObject | Promise<IDataObject>): void {
	jest.mocked(telnyxRequest).mockImplementation(async (_context, { query = {} }) => {
		const one = { page: Number(query['page[number]']), size: Number(query['page[size]']) };
		asked.push(one);
		return { headers: {}, body: await answer(one) };
	});
}

const rowsNamed = (names: Array<string | number>) => names.map((name) => ({ id: String(name) }));

const numbered = (count: number) => rowsNamed(Array.from({ length: count }, (_, index) => index));

/** Pages of a list as Telnyx cuts them; `most` is the largest page the list gives. */
function pageOf(rows: IDataObject[], { page, size }: Asked, most = 250): IDataObject {
	const length = Math.min(size, most);
	return {
		data: rows.slice((page - 1) * length, page * length),
		meta: {
			page_number: page,
			page_size: length,
			total_pages: Math.ceil(rows.length / length),
			total_results: rows.length,
		},
	};
}

function withoutMeta({ data }: IDataObject): IDataObject {
	return { data };
}

const ids = (rows: IDataObject[]) => rows.map(({ id }) => id);

const list = async (limit: number) => await telnyxList(context, '/faxes', {}, limit);

beforeEach(() => {
	asked = [];
});

describe('a whole list', () => {
	it.each([0, 1, 249, 250, 251, 499, 500, 501, 2750])(
		'of %i rows is read in order',
		async (count) => {
			const rows = numbered(count);
			answerPages((one) => pageOf(rows, one));
			expect(await list(Infinity)).toEqual(rows);
			expect(asked).toHaveLength(Math.max(1, Math.ceil(count / 250)));
			expect(new Set(asked.map(({ size }) => size))).toEqual(new Set([250]));
		},
	);

	it('is read in order although later pages answer first', async () => {
		const rows = numbered(1500);
		answerPages(async (one) => {
			for (let turns = 20 - 3 * one.page; turns > 0; turns--) await Promise.resolve();
			return pageOf(rows, one);
		});
		expect(await list(Infinity)).toEqual(rows);
	});

	it('is read a few pages at a time', async () => {
		const rows = numbered(250 * 40);
		let inFlight = 0;
		let most = 0;
		answerPages(async (one) => {
			most = Math.max(most, ++inFlight);
			await sleep(0);
			inFlight--;
			return pageOf(rows, one);
		});
		expect(await list(Infinity)).toEqual(rows);
		expect(most).toBe(8);
	});

	it('is read whole where Telnyx gives shorter pages than were asked for', async () => {
		const rows = numbered(120);
		answerPages((one) => pageOf(rows, one, 50));
		expect(await list(Infinity)).toEqual(rows);
	});

	it.each([0, 1, 250, 251, 500])(
		'of %i rows is read page by page where Telnyx does not say how long it is',
		async (count) => {
			const rows = numbered(count);
			answerPages((one) => withoutMeta(pageOf(rows, one)));
			expect(await list(Infinity)).toEqual(rows);
		},
	);

	it('of short pages without a length is read until a page is empty', async () => {
		const rows = numbered(120);
		answerPages((one) => withoutMeta(pageOf(rows, one, 50)));
		expect(await list(Infinity)).toEqual(rows);
	});

	it('that never ends because every page is the same is given up', async () => {
		const page = withoutMeta({ data: numbered(250) });
		answerPages(() => page);
		expect(await list(Infinity)).toEqual(numbered(250));
	});

	it.each([
		[{}],
		[{ data: null }],
		[{ data: 'none' }],
		[{ data: { id: '1' } }],
		[{ data: [], meta: null }],
		[{ data: [], meta: { total_pages: 0 } }],
		[{ data: [], meta: { total_pages: 'many' } }],
		[{ data: [], meta: { total_pages: -3 } }],
	])('in the answer %j is empty', async (answer) => {
		answerPages(() => answer);
		expect(await list(Infinity)).toEqual([]);
	});

	it('keeps rows without an id', async () => {
		const rows = [{ name: 'a' }, { name: 'a' }, { id: 5 }, { id: 5 }];
		answerPages((one) => pageOf(rows, one));
		expect(await list(Infinity)).toEqual(rows);
	});

	it('leaves out what is no row', async () => {
		answerPages(() => ({ data: [{ id: 'a' }, null, 'b', ['c']], meta: { total_pages: 1 } }));
		expect(await list(Infinity)).toEqual([{ id: 'a' }]);
	});

	it('fails as a whole where a page cannot be read', async () => {
		const rows = numbered(1000);
		answerPages((one) => {
			if (one.page === 3) throw new Error('page 3 is broken');
			return pageOf(rows, one);
		});
		await expect(list(Infinity)).rejects.toThrow('page 3 is broken');
	});
});

describe('a list that changes while it is read', () => {
	it('has each row once when a new one pushes others to the next page', async () => {
		let rows = numbered(600);
		answerPages((one) => {
			const answer = pageOf(rows, one);
			if (asked.length === 1) rows = [{ id: 'new' }, ...rows];
			return answer;
		});
		const read = ids(await list(Infinity));
		expect(new Set(read).size).toBe(read.length);
		expect(read).toEqual(['new', ...ids(numbered(600))]);
	});

	it('loses no row when a deletion pulls one back over a page border', async () => {
		let rows = numbered(600);
		answerPages((one) => {
			const answer = pageOf(rows, one);
			if (asked.length === 1) rows = rows.slice(1);
			return answer;
		});
		const read = new Set(ids(await list(Infinity)));
		for (const { id } of numbered(600).slice(1)) expect(read).toContain(id);
	});

	it('is read three times at most', async () => {
		let rows = numbered(600);
		answerPages((one) => {
			rows = [{ id: `new ${asked.length}` }, ...rows];
			return pageOf(rows, one);
		});
		const read = ids(await list(Infinity));
		expect(asked.filter(({ page }) => page === 1)).toHaveLength(3);
		expect(new Set(read).size).toBe(read.length);
	});

	it('is read once where it does not change', async () => {
		answerPages((one) => pageOf(numbered(600), one));
		await list(Infinity);
		expect(asked).toHaveLength(3);
	});
});

describe('the limit', () => {
	it.each([
		[1, 1, 1],
		[50, 50, 1],
		[249, 249, 1],
		[250, 250, 1],
		[251, 250, 2],
		[500, 250, 2],
		[501, 250, 3],
		[5000, 250, 4],
	])('of %i asks for pages of %i rows, %i of them', async (limit, size, pages) => {
		const rows = numbered(1000);
		answerPages((one) => pageOf(rows, one));
		expect(await list(limit)).toEqual(rows.slice(0, limit));
		expect(asked).toEqual(Array.from({ length: pages }, (_, index) => ({ page: index + 1, size })));
	});

	it.each([1, 250, 251, 600])('of %i holds where the length is not known', async (limit) => {
		const rows = numbered(1000);
		answerPages((one) => withoutMeta(pageOf(rows, one)));
		expect(await list(limit)).toEqual(rows.slice(0, limit));
	});

	it('is filled where Telnyx gives shorter pages than were asked for', async () => {
		const rows = numbered(1000);
		answerPages((one) => pageOf(rows, one, 50));
		expect(await list(120)).toEqual(rows.slice(0, 120));
	});

	it('is filled although rows come twice', async () => {
		let rows = numbered(1000);
		answerPages((one) => {
			const answer = pageOf(rows, one);
			if (asked.length === 1) rows = [{ id: 'new' }, ...rows];
			return answer;
		});
		const read = ids(await list(300));
		expect(read).toHaveLength(300);
		expect(new Set(read).size).toBe(300);
	});
});

it('reads one page with its filters', async () => {
	answerPages((one) => pageOf(numbered(7), one));
	const page = await telnyxPage(context, '/faxes', { 'filter[to][eq]': '+1' }, 2, 5);
	expect(page).toEqual({ rows: rowsNamed([5, 6]), totalPages: 2, totalResults: 7 });
	expect(telnyxRequest).toHaveBeenLastCalledWith(context, {
		method: 'GET',
		path: '/faxes',
		query: { 'filter[to][eq]': '+1', 'page[number]': 2, 'page[size]': 5 },
	});
});
