import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isObject, parseJson } from './json';

/** Longest reference in bytes of UTF-8. Telnyx documents no limit; this keeps webhooks small. */
export const maxReferenceBytes = 4096;

// Marks the reference that the node itself puts on a fax whose user set none,
// so that the fax can be found again after an unknown outcome.
const ownPrefix = 'n8n-nodes-telnyx-fax:';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The wire form (base64) of a reference, which is text or JSON to the user. */
export function encodeReference(reference: string): string {
	return Buffer.from(reference, 'utf8').toString('base64');
}

/** The wire form of a reference of the node's own; `id` makes it unique. */
export function encodeOwnReference(id: string): string {
	return encodeReference(`${ownPrefix}${id}`);
}

/**
 * What the user set as reference, from the wire form in `client_state`: JSON objects and arrays
 * come back as such, text as text. Foreign base64 that is not UTF-8 text, and anything that is
 * not base64, comes back as it is. Null where there is none, or only one of the node's own.
 */
export function decodeReference(wire: unknown): IDataObject | GenericValue[] | string | null {
	if (typeof wire !== 'string' || wire === '') return null;
	if (!base64.test(wire)) return wire;
	const text = Buffer.from(wire, 'base64').toString('utf8');
	// Bytes that are no UTF-8 decode to U+FFFD; control characters betray binary data.
	if (/\uFFFD|(?![\t\n\r])\p{Cc}/u.test(text)) return wire;
	if (text.startsWith(ownPrefix)) return null;
	const json = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
	return isObject(json) || Array.isArray(json) ? json : text;
}
