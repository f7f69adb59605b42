import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';

import { InputError } from '../../shared/errors';
import { isObject } from '../../shared/json';
import { mostParallel } from './parallel';

/**
 * Parameters as typed values. Expressions may give numbers for texts, texts for numbers, and
 * nothing at all: what cannot be meant is an InputError that names parameter and item.
 */

/** The text of a value, be it a locator, a number or a text; empty for anything else. */
export function textOf(value: unknown): string {
	const chosen = isObject(value) ? value.value : value;
	return typeof chosen === 'string' || typeof chosen === 'number' ? String(chosen).trim() : '';
}

/** The text of a parameter; empty where it is not set. */
export function textParam(context: IExecuteFunctions, name: string, itemIndex: number): string {
	return textOf(context.getNodeParameter(name, itemIndex, ''));
}

/** The text of a parameter that must not be empty; `label` is its name in the panel. */
export function requiredText(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const text = textParam(context, name, itemIndex);
	if (text === '') {
		throw new InputError(
			`The parameter "${label}" of item ${itemIndex} is empty`,
			'Enter a value, or check the expression that gives it',
		);
	}
	return text;
}

/** The value of a resource locator, whatever its mode; empty where nothing is chosen. */
export function locatorParam(context: IExecuteFunctions, name: string, itemIndex: number): string {
	return textOf(context.getNodeParameter(name, itemIndex, '', { extractValue: true }));
}

/** The id that a resource locator must give; `label` is its name in the panel. */
export function requiredId(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const id = locatorParam(context, name, itemIndex);
	if (id === '') {
		throw new InputError(
			`No ${label} is chosen for item ${itemIndex}`,
			`Choose one from the list of the parameter "${label}", or enter its ID`,
		);
	}
	// In a path these two mean another resource, even URL-encoded.
	if (id === '.' || id === '..') {
		throw new InputError(
			`The ${label} of item ${itemIndex} is "${id}", which is not an ID`,
			`Choose one from the list of the parameter "${label}", or enter its ID`,
		);
	}
	return id;
}

/** The id of the fax that an operation works on. */
export async function chosenFax(this: IExecuteFunctions, itemIndex: number): Promise<string> {
	return requiredId(this, 'faxId', 'Fax', itemIndex);
}

/** The id of the fax application that an operation works on. */
export async function chosenFaxApplication(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<string> {
	return requiredId(this, 'faxApplicationId', 'Fax Application', itemIndex);
}

/** The settings of a collection that the user added to it. */
export function collectionParam(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): IDataObject {
	const value: unknown = context.getNodeParameter(name, itemIndex, {});
	return isObject(value) ? value : {};
}

/** A whole number between `min` and `max`, from a number or its text. */
export function wholeNumber(
	value: unknown,
	label: string,
	itemIndex: number,
	min: number,
	max = Number.MAX_SAFE_INTEGER,
): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > max) {
		const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
		throw new InputError(
			`The parameter "${label}" of item ${itemIndex} is not a whole number ${range}`,
			'Correct the number, or the expression that gives it',
		);
	}
	return number;
}

function isUnset(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** One of the values that a setting can have; undefined where it is not set. */
export function choice<T extends string>(
	value: unknown,
	label: string,
	itemIndex: number,
	values: readonly T[],
): T | undefined {
	const given = typeof value === 'string' ? value.trim() : value;
	if (isUnset(given)) return undefined;
	const chosen = values.find((one) => one === given);
	if (chosen === undefined) {
		throw new InputError(
			`The parameter "${label}" of item ${itemIndex} is ${JSON.stringify(value)}, which does not exist`,
			`Use one of these values: ${values.join(', ')}`,
		);
	}
	return chosen;
}

/** True or false, also as text; undefined where it is not set. */
export function flag(value: unknown, label: string, itemIndex: number): boolean | undefined {
	if (isUnset(value)) return undefined;
	const text = String(value).trim().toLowerCase();
	if (text !== 'true' && text !== 'false') {
		throw new InputError(
			`The parameter "${label}" of item ${itemIndex} is neither true nor false`,
			'Switch it on or off, or check the expression that gives it',
		);
	}
	return text === 'true';
}

function parsedTime(value: unknown, timezone: string): string | null {
	try {
		return tryToParseDateTime(value, timezone).toUTC().toISO();
	} catch {
		return null;
	}
}

/** A date-time as Telnyx wants it (ISO 8601, UTC). Without an offset it is in the workflow's time zone. */
export function isoTime(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	itemIndex: number,
): string {
	const time = parsedTime(value, context.getTimezone());
	if (time === null) {
		throw new InputError(
			`The parameter "${label}" of item ${itemIndex} is not a date`,
			'Enter a date like 2026-05-31 or 2026-05-31T08:00:00Z',
		);
	}
	return time;
}

/** An http or https URL. */
export function webUrl(value: unknown, label: string, itemIndex: number): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (!/^https?:\/\/[^\s/]+/i.test(text) || !URL.canParse(text)) {
		throw new InputError(
			`The parameter "${label}" of item ${itemIndex} is not a web address`,
			'Enter a URL that starts with https:// or http://',
		);
	}
	return text;
}

/** How many requests may run at the same time, by the options of Send. */
export function maxParallelOf({ maxParallelRequests }: IDataObject, itemIndex: number): number {
	const value = maxParallelRequests ?? mostParallel;
	return wholeNumber(value, 'Max Parallel Requests', itemIndex, 1, mostParallel);
}

/** How many rows a list operation shall return: Infinity for Return All. */
export function limitParam(context: IExecuteFunctions, itemIndex: number): number {
	const returnAll = context.getNodeParameter('returnAll', itemIndex, false);
	if (flag(returnAll, 'Return All', itemIndex)) return Infinity;
	return wholeNumber(context.getNodeParameter('limit', itemIndex, 50), 'Limit', itemIndex, 1);
}
