import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { toNodeError } from '../../shared/errors';
import { isObject, stringAt } from '../../shared/json';
import { telnyxPage } from '../../shared/pagination';

/** What the lists of the panel's resource locators show. */

const pageSize = 50;

interface Choice {
	name: string;
	value: string;
}

/** A part of a longer list: rows of `query` before those of the next part. */
interface Part {
	query: IDataObject;
	leaveOut?: (row: IDataObject) => boolean;
}

/** Which part of a list and which page of it comes next, as n8n hands it back. */
function positionOf(token: unknown): { part: number; page: number } {
	const match = /^(\d+):(\d+)$/.exec(typeof token === 'string' ? token : '');
	return match ? { part: Number(match[1]), page: Number(match[2]) } : { part: 0, page: 1 };
}

/** One page of Telnyx's list at `path`, filtered by what the user typed where Telnyx cannot do it. */
async function search(
	context: ILoadOptionsFunctions,
	path: string,
	parts: Part[],
	toChoice: (row: IDataObject) => Choice,
	token: unknown,
	typed = '',
): Promise<INodeListSearchResult> {
	const { part, page } = positionOf(token);
	const { query, leaveOut = () => false } = parts[Math.min(part, parts.length - 1)];
	const result = await telnyxPage(context, path, query, page, pageSize).catch((error: unknown) => {
		throw toNodeError(context.getNode(), error, 0);
	});
	const pages = result.totalPages ?? (result.rows.length === pageSize ? page + 1 : page);
	const next = page < pages ? `${part}:${page + 1}` : `${part + 1}:1`;
	const hasNext = page < pages || part + 1 < parts.length;
	const wanted = typed.trim().toLowerCase();
	return {
		results: result.rows
			.filter((row) => stringAt(row, 'id') !== undefined && !leaveOut(row))
			.map(toChoice)
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted)),
		paginationToken: hasNext ? next : undefined,
	};
}

/** The fax applications of the account; Telnyx searches names from 3 characters on. */
export async function searchFaxApplications(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const name = filter.trim();
	const isId = /^\d+$/.test(name);
	const query = name.length < 3 || isId ? {} : { 'filter[application_name][contains]': name };
	return await search(
		this,
		'/fax_applications',
		[{ query: { ...query, sort: 'application_name' } }],
		(row) => ({
			name: `${String(row.application_name)}${row.active === false ? ' (inactive)' : ''}`,
			value: String(row.id),
		}),
		paginationToken,
		name,
	);
}

function numberName(row: IDataObject): string {
	const application = stringAt(row, 'connection_name');
	return `${String(row.phone_number)}${application ? ` (${application})` : ''}`;
}

/** Digits of what was typed, if Telnyx can search for them: it wants at least 3 and nothing else. */
function phoneNumberQuery(typed: string): IDataObject {
	const digits = /[a-z]/i.test(typed) ? '' : typed.replace(/\D/g, '');
	return digits.length < 3 ? {} : { 'filter[phone_number]': digits };
}

/** The typed text in the form that numbers are shown in, so that "312 555" is found in "+1312555...". */
function typedNumber(typed: string): string {
	return /[a-z]/i.test(typed) ? typed : typed.replace(/\D/g, '');
}

/** The numbers to send from: those of the chosen application first. */
export async function searchFromNumbers(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const chosen: unknown = this.getCurrentNodeParameter('faxApplicationId', { extractValue: true });
	const application = String((isObject(chosen) ? chosen.value : chosen) ?? '');
	const query = phoneNumberQuery(filter);
	const parts: Part[] = application
		? [
				{ query: { ...query, 'filter[connection_id]': application } },
				{ query, leaveOut: (row) => row.connection_id === application },
			]
		: [{ query }];
	return await search(
		this,
		'/phone_numbers',
		parts,
		(row) => ({ name: numberName(row), value: String(row.phone_number) }),
		paginationToken,
		typedNumber(filter),
	);
}

/** The phone numbers of the account. */
export async function searchPhoneNumbers(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await search(
		this,
		'/phone_numbers',
		[{ query: phoneNumberQuery(filter) }],
		(row) => ({ name: numberName(row), value: String(row.id) }),
		paginationToken,
		typedNumber(filter),
	);
}

function faxName(row: IDataObject): string {
	const received = row.direction === 'inbound';
	const partner = received ? `from ${String(row.from)}` : `to ${String(row.to)}`;
	const time = stringAt(row, 'created_at')?.slice(0, 16).replace('T', ' ') ?? '';
	return `${received ? 'Received' : 'Sent'} ${partner}, ${time} UTC, ${String(row.status)}`;
}

/** The faxes of the account, as Telnyx lists them: most recent first. */
export async function searchFaxes(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await search(
		this,
		'/faxes',
		[{ query: {} }],
		(row) => ({ name: faxName(row), value: String(row.id) }),
		paginationToken,
		filter,
	);
}
