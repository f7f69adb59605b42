import type { GenericValue, IDataObject, INodeProperties } from 'n8n-workflow';

import { InputError, TelnyxError } from './errors';
import { isObject } from './json';

const numberKeys = new Set(['from', 'to', 'caller_id', 'phone_number', 'phoneNumber']);

const linkKeys = new Set([
	'media_url',
	'mediaUrl',
	'original_media_url',
	'preview_url',
	'stored_media_url',
]);

/** For people who must keep personal data out of n8n's executions. */
export const privacyOptions: INodeProperties[] = [
	{
		displayName: 'Mask Numbers',
		name: 'maskNumbers',
		type: 'boolean',
		default: false,
		description:
			'Whether to show only the last 4 digits of fax numbers in the output and in errors',
	},
	{
		displayName: 'Omit Links',
		name: 'omitLinks',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave links to documents out of the output. Whoever has such a link can read the document until it expires.',
	},
];

/** A number with all but its last 4 digits hidden. */
export function maskNumber(number: string): string {
	// Of a SIP URI the part before the @ is the person.
	if (/^sips?:/i.test(number)) return number.replace(/:[^@]*/, ':****');
	return number.slice(0, -4).replace(/\d/g, '*') + number.slice(-4);
}

/** A number in Telnyx's words: at least 7 digits. IDs have more than any number, or are in a UUID. */
const numberInText = /(?<![\w-])\+?\d(?:[ ().-]{0,2}\d){6,14}(?![\w-])/g;

function maskNumbersIn(text: string): string {
	return text.replace(numberInText, maskNumber);
}

function maskAllNumbersIn(value: unknown): unknown {
	if (typeof value === 'string') return maskNumbersIn(value);
	if (Array.isArray(value)) return value.map(maskAllNumbersIn);
	if (!isObject(value)) return value;
	const entries = Object.entries(value);
	return Object.fromEntries(entries.map(([key, one]) => [key, maskAllNumbersIn(one)]));
}

/** An expression may give the text: who asks for privacy shall have it. */
function isOn(option: unknown): boolean {
	return String(option).toLowerCase() === 'true';
}

/** `error` with the numbers masked that it quotes, if the options ask for that. */
export function withPrivateNumbers(error: unknown, options: IDataObject): unknown {
	if (!isOn(options.maskNumbers)) return error;
	if (error instanceof InputError) {
		const { message, nextStep, numbers } = error;
		const masked = (text: string) =>
			numbers.reduce((all, number) => all.replaceAll(number, () => maskNumber(number)), text);
		return new InputError(masked(message), masked(nextStep));
	}
	if (error instanceof TelnyxError) {
		const body = maskAllNumbersIn(error.body);
		return new TelnyxError(maskNumbersIn(error.message), { ...error, body });
	}
	return error;
}

function withPrivacyIn(value: GenericValue, options: IDataObject): GenericValue {
	if (Array.isArray(value)) return value.map((entry) => withPrivacyIn(entry, options));
	return isObject(value) ? withPrivacy(value, options) : value;
}

/** `json` with numbers masked and links left out, as the options ask. */
export function withPrivacy(json: IDataObject, options: IDataObject): IDataObject {
	const masks = isOn(options.maskNumbers);
	const omits = isOn(options.omitLinks);
	if (!masks && !omits) return json;
	const shown = Object.entries(json).filter(([key]) => !omits || !linkKeys.has(key));
	return Object.fromEntries(
		shown.map(([key, value]) =>
			masks && numberKeys.has(key) && typeof value === 'string'
				? [key, maskNumber(value)]
				: [key, withPrivacyIn(value, options)],
		),
	);
}
