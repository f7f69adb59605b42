import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';

interface SigningKey {
	privateKey: KeyObject;
	/** Base64 of 32 bytes. */
	publicKey: string;
}

function makeKey(): SigningKey {
	const { publicKey, privateKey } = generateKeyPairSync('ed25519');
	const spki = publicKey.export({ format: 'der', type: 'spki' });
	return { privateKey, publicKey: spki.subarray(-32).toString('base64') };
}

/** The organisation's Ed25519 keys: one in use, the one before it, and inactive ones. */
export class KeyRing {
	private current = makeKey();

	private previous?: SigningKey;

	private inactive = new Map<string, SigningKey>();

	get publicKey(): string {
		return this.current.publicKey;
	}

	/** Makes a key that does not sign yet. */
	addInactive(): { id: string; publicKey: string } {
		const id = randomUUID();
		const key = makeKey();
		this.inactive.set(id, key);
		return { id, publicKey: key.publicKey };
	}

	/** Puts an inactive key to use; false when there is none of that id. */
	activate(id: string): boolean {
		const key = this.inactive.get(id);
		if (!key) return false;
		this.inactive.delete(id);
		this.previous = this.current;
		this.current = key;
		return true;
	}

	/**
	 * Headers of a webhook with this body.
	 * @param timestamp unix seconds
	 */
	headers(rawBody: string, timestamp: number, withPrevious = false): Record<string, string> {
		const key = (withPrevious && this.previous) || this.current;
		const signature = sign(null, Buffer.from(`${timestamp}|${rawBody}`), key.privateKey);
		return {
			'telnyx-timestamp': String(timestamp),
			'telnyx-signature-ed25519': signature.toString('base64'),
		};
	}
}
