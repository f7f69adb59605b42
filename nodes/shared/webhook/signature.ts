import type { KeyObject } from 'node:crypto';
import { createPublicKey, verify } from 'node:crypto';

/** How far a delivery's timestamp may be off, in seconds, either way; Telnyx's SDKs use the same. */
const toleranceSecs = 300;

/** DER of an Ed25519 public key (RFC 8410) up to its 32 raw bytes. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Why a delivery is not believed. */
export type Refusal =
	| 'missing signature'
	| 'malformed signature'
	| 'malformed timestamp'
	| 'stale timestamp'
	| 'missing body'
	| 'wrong signature';

export interface Delivery {
	/** The header `telnyx-timestamp`: unix time in seconds. */
	timestamp: unknown;
	/** The header `telnyx-signature-ed25519`: base64 of 64 bytes. */
	signature: unknown;
	/** The body's bytes as they came. */
	rawBody: unknown;
}

function strictBase64(text: string, bytes: number): Buffer | undefined {
	if (!base64.test(text)) return undefined;
	const decoded = Buffer.from(text, 'base64');
	// Telling 32 bytes from 33 and refusing stray bits: only one text stands for the bytes.
	return decoded.length === bytes && decoded.toString('base64') === text ? decoded : undefined;
}

/** Telnyx's public key (base64 of 32 bytes) for `isSignedBy`; undefined where it is no such key. */
export function parsePublicKey(text: string): KeyObject | undefined {
	const raw = strictBase64(text.trim(), 32);
	if (raw === undefined) return undefined;
	return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' });
}

/** A delivery whose form is right: what was signed, and the signature. */
export interface SignedDelivery {
	signed: Buffer;
	signature: Buffer;
}

/**
 * Checks all of a delivery that costs little: presence, form and age.
 *
 * @param nowMs the time, in ms
 * @returns the reason to refuse it, or what is left to be verified
 */
export function readDelivery(
	{ timestamp, signature, rawBody }: Delivery,
	nowMs: number,
): Refusal | SignedDelivery {
	if (typeof signature !== 'string' || signature === '') return 'missing signature';
	if (typeof timestamp !== 'string' || !/^\d+$/.test(timestamp)) return 'malformed timestamp';
	const age = Math.floor(nowMs / 1000) - Number(timestamp);
	if (Math.abs(age) > toleranceSecs) return 'stale timestamp';
	const bytes = strictBase64(signature, 64);
	if (bytes === undefined) return 'malformed signature';
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0) return 'missing body';
	return { signed: Buffer.concat([Buffer.from(`${timestamp}|`), rawBody]), signature: bytes };
}

/** Whether any of `keys` has signed the delivery: Ed25519 over `timestamp|raw body`. */
export function isSignedBy(
	keys: readonly KeyObject[],
	{ signed, signature }: SignedDelivery,
): boolean {
	return keys.some((key) => verify(null, signed, key, signature));
}
