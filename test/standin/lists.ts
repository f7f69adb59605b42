import type { Request } from 'express';

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value of the query by its path, such as `filter`, `to`, `eq`; undefined in any other form. */
export function queryValue(req: Request, ...path: string[]): string | undefined {
	let value: unknown = req.query;
	for (const name of path) value = isRecord(value) ? value[name] : undefined;
	return typeof value === 'string' ? value : undefined;
}

/** The values of a query parameter given once, several times or as `name[]`. */
export function queryValues(req: Request, ...path: string[]): string[] {
	let value: unknown = req.query;
	for (const name of path) value = isRecord(value) ? value[name] : undefined;
	return [value].flat().filter((one) => typeof one === 'string');
}

function positive(text: string | undefined): number | undefined {
	return text !== undefined && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

/** One page of a list with Telnyx's meta. Sizes above the maximum become the maximum. */
export function paginate<T>(
	req: Request,
	rows: T[],
	{ size: defaultSize = 20, max = 250 } = {},
): { data: T[]; meta: Record<string, number> } {
	const size = Math.min(positive(queryValue(req, 'page', 'size')) ?? defaultSize, max);
	const number = positive(queryValue(req, 'page', 'number')) ?? 1;
	return {
		data: rows.slice((number - 1) * size, number * size),
		meta: {
			total_pages: Math.ceil(rows.length / size),
			total_results: rows.length,
			page_number: number,
			page_size: size,
		},
	};
}

/** Sorts by a key, descending with a leading `-`; equal rows keep their order. */
export function sortBy<T>(
	rows: T[],
	sort: string,
	valueOf: (row: T, key: string) => string | number | boolean | null,
): T[] {
	const descending = sort.startsWith('-');
	const key = descending ? sort.slice(1) : sort;
	const compare = (a: T, b: T) => {
		const [first, second] = [valueOf(a, key) ?? '', valueOf(b, key) ?? ''];
		if (first === second) return 0;
		return first < second ? -1 : 1;
	};
	return [...rows].sort((a, b) => (descending ? compare(b, a) : compare(a, b)));
}

/** Whether a text passes `[contains]`, `[starts_with]`, `[ends_with]` and `[eq]` of a filter. */
export function textMatches(req: Request, filter: string[], text: string | null): boolean {
	const lower = (text ?? '').toLowerCase();
	const wanted = (operator: string) => queryValue(req, ...filter, operator)?.toLowerCase();
	const [contains, starts, ends, eq] = ['contains', 'starts_with', 'ends_with', 'eq'].map(wanted);
	return (
		(contains === undefined || lower.includes(contains)) &&
		(starts === undefined || lower.startsWith(starts)) &&
		(ends === undefined || lower.endsWith(ends)) &&
		(eq === undefined || lower === eq)
	);
}

/**
 * Tells whether a time (ms since the epoch) passes `[gte]`, `[gt]`, `[lte]` and `[lt]` of a filter;
 * unreadable bounds are ignored.
 */
export function timeFilter(req: Request, filter: string[]): (ms: number) => boolean {
	const bound = (operator: string) => {
		const parsed = Date.parse(queryValue(req, ...filter, operator) ?? '');
		return Number.isNaN(parsed) ? undefined : parsed;
	};
	// Express parses the query anew at each look, which long lists would pay for row by row.
	const [gte, gt, lte, lt] = ['gte', 'gt', 'lte', 'lt'].map(bound);
	return (ms) =>
		(gte === undefined || ms >= gte) &&
		(gt === undefined || ms > gt) &&
		(lte === undefined || ms <= lte) &&
		(lt === undefined || ms < lt);
}
