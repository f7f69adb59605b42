import type { IDataObject } from 'n8n-workflow';

import { numberAt, objectAt, objectsAt, stringAt } from './json';
import type { TelnyxContext } from './transport';
import { telnyxRequest } from './transport';

/** Telnyx's maximum on its documented lists; a list with a lower one answers shorter pages. */
const pageSize = 250;

const parallelPages = 8;

/** How often a list that keeps changing is read. */
const mostPasses = 3;

interface Page {
	rows: IDataObject[];
	/** Undefined where Telnyx does not say how many pages there are. */
	totalPages?: number;
	totalResults?: number;
}

/** One page of a list, counted from 1. */
export async function telnyxPage(
	context: TelnyxContext,
	path: string,
	query: IDataObject,
	number: number,
	size: number,
): Promise<Page> {
	const { body } = await telnyxRequest(context, {
		method: 'GET',
		path,
		query: { ...query, 'page[number]': number, 'page[size]': size },
	});
	const meta = objectAt(body, 'meta');
	return {
		rows: objectsAt(body, 'data'),
		totalPages: numberAt(meta, 'total_pages'),
		totalResults: numberAt(meta, 'total_results'),
	};
}

/** Rows in the order of their pages, each once: a row is seen twice when pages shift while reading. */
function unique(pages: Page[]): IDataObject[] {
	const seen = new Set<string>();
	return pages
		.flatMap(({ rows }) => rows)
		.filter((row) => {
			const id = stringAt(row, 'id');
			if (id === undefined) return true;
			if (seen.has(id)) return false;
			seen.add(id);
			return true;
		});
}

/**
 * `rows` with those that only `older` has, which stand where they stood there: behind the same row.
 * A row slips out of sight when another one before it is deleted while pages are read.
 */
function withSlipped(rows: IDataObject[], older: IDataObject[]): IDataObject[] {
	const known = new Set(rows.map((row) => stringAt(row, 'id')));
	const slipped = new Map<string, IDataObject[]>();
	let place = '';
	for (const row of older) {
		const id = stringAt(row, 'id');
		if (id === undefined) continue;
		if (known.has(id)) place = id;
		else slipped.set(place, [...(slipped.get(place) ?? []), row]);
	}
	const behind = (id = '') => slipped.get(id) ?? [];
	return [...behind(), ...rows.flatMap((row) => [row, ...behind(stringAt(row, 'id'))])];
}

/** Runs `pages` for each number from `first` to `last`, a few at a time, results in order. */
async function pagesBetween(
	first: number,
	last: number,
	read: (number: number) => Promise<Page>,
): Promise<Page[]> {
	const pages: Page[] = [];
	let next = first;
	const worker = async () => {
		while (next <= last) {
			const number = next++;
			pages[number - first] = await read(number);
		}
	};
	await Promise.all(Array.from({ length: parallelPages }, worker));
	return pages;
}

/** Rows slip past page borders when a list grows or shrinks while its pages are read. */
function hasMoved(pages: Page[]): boolean {
	return pages.some(({ totalResults }) => totalResults !== pages[0].totalResults);
}

/** Page after page, for a list that does not say how many there are. */
async function readOn(
	limit: number,
	first: Page,
	read: (number: number) => Promise<Page>,
): Promise<Page[]> {
	const pages = [first];
	let count = unique(pages).length;
	for (let newRows = count; newRows > 0 && count < limit; count += newRows) {
		pages.push(await read(pages.length + 1));
		newRows = unique(pages).length - count;
		// Only the last page is shorter than the first.
		if (pages[pages.length - 1].rows.length < first.rows.length) break;
	}
	return pages;
}

/**
 * The rows of a list in Telnyx's order, up to `limit` (Infinity for all). After the first page the
 * rest is read a few pages at a time; if the list changes meanwhile, it is read again.
 */
export async function telnyxList(
	context: TelnyxContext,
	path: string,
	query: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const size = Math.min(limit, pageSize);
	const read = async (number: number) => await telnyxPage(context, path, query, number, size);
	const passes: Page[][] = [];
	do {
		const first = await read(1);
		if (first.totalPages === undefined) {
			passes.unshift(await readOn(limit, first, read));
		} else {
			// Telnyx may give fewer rows a page than were asked for.
			const rowsPerPage = first.rows.length || size;
			const last = Math.min(first.totalPages, Math.ceil(limit / rowsPerPage));
			passes.unshift([first, ...(await pagesBetween(2, last, read))]);
		}
	} while (hasMoved(passes[0]) && passes.length < mostPasses);
	const [newest, ...older] = passes.map(unique);
	return older.reduce(withSlipped, newest).slice(0, limit);
}
