import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../shared/errors';
import { stringAt } from '../../shared/json';
import { telnyxPage } from '../../shared/pagination';

export interface Sender {
	/** The fax application's id, which goes out as `connection_id`. */
	faxApplicationId: string;
	/** In E.164. */
	from: string;
}

const shownChoices = 5;

// What was found for one run of the node, so that a thousand items ask only once.
const found = new WeakMap<IExecuteFunctions, Map<string, Promise<string>>>();

async function once(
	context: IExecuteFunctions,
	key: string,
	find: () => Promise<string>,
): Promise<string> {
	const ofContext = found.get(context) ?? new Map<string, Promise<string>>();
	found.set(context, ofContext);
	const known = ofContext.get(key) ?? find();
	ofContext.set(key, known);
	return await known;
}

/** What a person recognizes a row by: an application has a name beside its id, a number is its own. */
function choice(row: IDataObject, key: string): string {
	const name = stringAt(row, 'application_name');
	return name === undefined ? String(row[key]) : `${name} (${String(row[key])})`;
}

/** The only row's value at `key`; an InputError that lists the choices where there is not exactly one. */
async function onlyOne(
	context: IExecuteFunctions,
	path: string,
	query: Record<string, string | number>,
	key: string,
	{ what, parameter, none }: { what: string; parameter: string; none: string },
): Promise<string> {
	const { rows, totalResults } = await telnyxPage(context, path, query, 1, shownChoices);
	const values = rows.map((row) => stringAt(row, key)).filter((value) => value !== undefined);
	if (values.length === 1) return values[0];
	if (values.length === 0) throw new InputError(`Telnyx has no ${what}`, none);
	const count = Math.max(totalResults ?? 0, values.length);
	const choices = rows.map((row) => choice(row, key)).join(', ');
	const more = count > values.length ? ', ...' : '';
	throw new InputError(
		`The parameter "${parameter}" is empty, and Telnyx has ${count} to choose from`,
		`Choose one in the parameter "${parameter}": ${choices}${more}`,
		rows.flatMap((row) => stringAt(row, 'phone_number') ?? []),
	);
}

async function onlyApplication(context: IExecuteFunctions): Promise<string> {
	return await onlyOne(context, '/fax_applications', {}, 'id', {
		what: 'fax application in this account',
		parameter: 'Fax Application',
		none: 'Create one with the operation Create of the resource Fax Application',
	});
}

async function onlyNumberOf(context: IExecuteFunctions, application: string): Promise<string> {
	return await onlyOne(
		context,
		'/phone_numbers',
		{ 'filter[connection_id]': application },
		'phone_number',
		{
			what: 'phone number assigned to this fax application',
			parameter: 'From',
			none: 'Assign one with the operation Assign to Fax Application of the resource Phone Number',
		},
	);
}

async function applicationOf(context: IExecuteFunctions, from: string): Promise<string> {
	const { rows } = await telnyxPage(
		context,
		'/phone_numbers',
		// Telnyx finds nothing when this filter has anything but digits.
		{ 'filter[phone_number]': from.replace(/\D/g, '') },
		1,
		shownChoices,
	);
	const number = rows.find((row) => row.phone_number === from);
	return stringAt(number, 'connection_id') ?? (await onlyApplication(context));
}

/**
 * Fills in what the user left open: the application that the number is assigned to, or the only
 * one; the only number of the application.
 *
 * @throws InputError where there is no choice, or more than one
 */
export async function senderOf(
	context: IExecuteFunctions,
	given: { faxApplicationId: string; from: string },
): Promise<Sender> {
	const { from } = given;
	const faxApplicationId =
		given.faxApplicationId ||
		(await once(context, `application of ${from}`, async () =>
			from ? await applicationOf(context, from) : await onlyApplication(context),
		));
	return {
		faxApplicationId,
		from:
			from ||
			(await once(context, `number of ${faxApplicationId}`, async () => {
				return await onlyNumberOf(context, faxApplicationId);
			})),
	};
}
