import { InputError } from './errors';

const e164 = /^\+[1-9]\d{6,14}$/;

const sipUri = /^sips?:[^\s@]+@[^\s@]+$/i;

// Spaces, dots, dashes and brackets of any script, and the invisible marks that come along
// when a number is copied from a contact list or a PDF.
const decoration = /[\s.()[\]{}\p{Pd}\p{Cf}\u2212]/gu;

/** Triggers have no items. */
function at(itemIndex: number | undefined): string {
	return itemIndex === undefined ? '' : ` of item ${itemIndex}`;
}

/**
 * A phone number in E.164, from the forms that people write: "+1 (312) 555-0001", "0049 30 123456".
 *
 * @param value what the user gave: text, or a number from an expression
 * @param field the parameter's name as the user sees it
 * @throws InputError where it is not a full international number
 */
export function toE164(value: unknown, field: string, itemIndex?: number): string {
	const given = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	if (given === '') {
		throw new InputError(
			`The parameter "${field}"${at(itemIndex)} is empty`,
			'Enter a number with a plus sign and the country code, e.g. +13125550001',
		);
	}
	if (/[([{]\s*0\s*[)\]}]/.test(given)) {
		throw new InputError(
			`The parameter "${field}"${at(itemIndex)} is "${given}", and "(0)" is not dialled from abroad`,
			'Write the number without "(0)"',
			[given],
		);
	}
	const number = given.replace(decoration, '').replace(/^00/, '+');
	if (!e164.test(number)) {
		throw new InputError(
			`The parameter "${field}"${at(itemIndex)} is "${given}", which is not a phone number in E.164 format`,
			'Write it with a plus sign, the country code and the number, e.g. +13125550001',
			[given],
		);
	}
	return number;
}

/** As `toE164`, but a SIP URI passes as it is. */
export function toE164OrSipUri(value: unknown, field: string, itemIndex?: number): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (!/^sips?:/i.test(text)) return toE164(value, field, itemIndex);
	if (!sipUri.test(text)) {
		throw new InputError(
			`The parameter "${field}"${at(itemIndex)} is "${text}", which is not a SIP URI`,
			'Write it like sip:fax@example.com',
			[text],
		);
	}
	return text;
}
