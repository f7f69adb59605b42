import { randomBytes, randomInt } from 'node:crypto';

let last = 1293384261075731499n;

/** A numeric string of 19 digits, above what a JavaScript number can hold, never given twice. */
export function numericId(): string {
	last += BigInt(randomInt(1, 1_000_000_000));
	return String(last);
}

/** Looks like a Telnyx API v2 key. */
export function makeApiKey(): string {
	return `KEY${randomBytes(16).toString('hex').toUpperCase()}_${randomBytes(11).toString('base64url')}`;
}
