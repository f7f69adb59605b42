import { Router, type Request } from 'express';
import { z } from 'zod';
import { answer, callOf, pathParameter } from '../calls';
import { isoSeconds, now } from '../clock';
import { badRequest, notFound, type Issue } from '../errors';
import { paginate, queryValue, queryValues, sortBy, textMatches } from '../lists';
import { changed, type State } from '../state';
import type { PhoneNumber } from '../types';
import { check } from '../validation';

const sortKeys = ['purchased_at', 'phone_number', 'connection_name', 'usage_payment_method'];

const text = z.string().nullable().optional();

const updateSchema = z.object({
	connection_id: text,
	tags: z.array(z.string()).optional(),
	customer_reference: text,
	external_pin: text,
	hd_voice_enabled: z.boolean().optional(),
	billing_group_id: text,
	address_id: text,
});

export function phoneNumberRoutes(state: State): Router {
	const router = Router();

	router.get(['/phone_numbers', '/phone_numbers/slim'], (req, res) => {
		const sort = queryValue(req, 'sort') ?? '-purchased_at';
		if (!sortKeys.includes(sort.replace(/^-/, ''))) throw badRequest({ parameter: 'sort' });
		const rows = [...state.phoneNumbers.values()].filter((number) => matches(req, number));
		answer(req, res, 200, paginate(req, sortBy(rows, sort, sortValue)));
	});

	router.get('/phone_numbers/:id', (req, res) => {
		answer(req, res, 200, { data: find(req) });
	});

	router.patch('/phone_numbers/:id', (req, res) => {
		const number = find(req);
		const { body, record } = callOf(req);
		record.ignoredFields = Object.keys(body).filter((name) => !(name in updateSchema.shape));
		const { connection_id: connection, ...rest } = check(
			updateSchema,
			body,
			connectionIssues(body.connection_id),
		);
		Object.assign(number, rest, { updated_at: isoSeconds(now(state.settings)) });
		if (connection !== undefined) {
			number.connection_id = connection || null;
			number.connection_name = state.applications.get(connection ?? '')?.application_name ?? null;
		}
		changed(state);
		answer(req, res, 200, { data: number });
	});

	function connectionIssues(id: unknown): Issue[] {
		if (typeof id !== 'string' || id === '' || state.applications.has(id)) return [];
		const detail = 'The connection does not exist';
		return [{ code: '10017', detail, pointer: '/connection_id' }];
	}

	function find(req: Request): PhoneNumber {
		const number = state.phoneNumbers.get(pathParameter(req, 'id'));
		if (!number) throw notFound();
		return number;
	}

	return router;
}

function matches(req: Request, number: PhoneNumber): boolean {
	const digits = queryValue(req, 'filter', 'phone_number');
	const plain = (field: string) => queryValue(req, 'filter', field);
	const countries = queryValues(req, 'filter', 'country_iso_alpha2').flatMap((one) =>
		one.split(','),
	);
	const tag = plain('tag');
	const untagged = plain('without_tags');
	const type = queryValue(req, 'filter', 'number_type', 'eq');
	const exact: Array<[string | undefined, string | null]> = [
		[plain('connection_id'), number.connection_id],
		[plain('status'), number.status],
		[plain('customer_reference'), number.customer_reference],
		[plain('billing_group_id'), number.billing_group_id],
		[type, number.phone_number_type],
	];
	return (
		exact.every(([wanted, value]) => wanted === undefined || wanted === value) &&
		(digits === undefined || (/^\d{3,}$/.test(digits) && number.phone_number.includes(digits))) &&
		(countries.length === 0 || countries.includes(number.country_iso_alpha2)) &&
		(tag === undefined || number.tags.includes(tag)) &&
		(untagged !== 'true' || number.tags.length === 0) &&
		textMatches(req, ['filter', 'voice.connection_name'], number.connection_name)
	);
}

function sortValue(number: PhoneNumber, key: string): string | null {
	if (key === 'phone_number') return number.phone_number;
	return key === 'connection_name' ? number.connection_name : number.purchased_at;
}
