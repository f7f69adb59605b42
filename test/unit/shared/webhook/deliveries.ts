import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A pair of keys such as Telnyx signs with. */
export interface SigningPair {
	/** Base64 of 32 bytes. */
	publicKey: string;
	privateKey: KeyObject;
}

export function makeSigningPair(): SigningPair {
	const { publicKey, privateKey } = generateKeyPairSync('ed25519');
	const spki = publicKey.export({ format: 'der', type: 'spki' });
	return { publicKey: spki.subarray(-32).toString('base64'), privateKey };
}

/** The signature of a delivery, base64 of 64 bytes. */
export function signatureOf(pair: SigningPair, timestamp: string, rawBody: string): string {
	return sign(null, Buffer.from(`${timestamp}|${rawBody}`), pair.privateKey).toString('base64');
}
