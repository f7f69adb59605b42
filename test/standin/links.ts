import { createHmac, randomBytes } from 'node:crypto';
import { now } from './clock';
import type { Document } from './documents';
import type { Settings } from './types';

export const MEDIA_HOST = 's3.amazonaws.com';

interface IssuedLink {
	key: string;
	document: Document;
	faxId: string;
	/** Milliseconds since the epoch. */
	expiresAt: number;
}

export type LinkAnswer =
	| { document: Document }
	| { status: number; code: string; message: string; details?: Record<string, string> };

function compact(ms: number): string {
	return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** Pre-signed links into the media host: valid for a while, for whoever has them. */
export class Links {
	private secret = randomBytes(32);

	private issued = new Map<string, IssuedLink>();

	constructor(private readonly settings: Settings) {}

	/** Gives out a link to a document; `key` is its path below the media host. */
	issue(key: string, document: Document, faxId: string): string {
		const at = now(this.settings);
		const date = compact(at);
		const query = new URLSearchParams({
			'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
			'X-Amz-Credential': `AKIAEXAMPLE/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
			'X-Amz-Date': date,
			'X-Amz-Expires': String(this.settings.linkLifeSecs),
			'X-Amz-SignedHeaders': 'host',
		});
		const nonce = randomBytes(8).toString('hex');
		const signature = createHmac('sha256', this.secret)
			.update(`${key}?${query.toString()}${nonce}`)
			.digest('hex');
		query.set('X-Amz-Signature', signature);
		this.issued.set(signature, {
			key,
			document,
			faxId,
			expiresAt: at + this.settings.linkLifeSecs * 1000,
		});
		return `https://${MEDIA_HOST}/${key}?${query.toString()}`;
	}

	/** What the media host answers to a link. */
	open(url: URL): LinkAnswer {
		const signature = url.searchParams.get('X-Amz-Signature');
		if (signature === null) return { status: 403, code: 'AccessDenied', message: 'Access Denied' };
		const link = this.issued.get(signature);
		if (!link || link.key !== url.pathname.slice(1)) {
			return {
				status: 403,
				code: 'SignatureDoesNotMatch',
				message:
					'The request signature we calculated does not match the signature you provided. ' +
					'Check your key and signing method.',
			};
		}
		if (now(this.settings) >= link.expiresAt) {
			return {
				status: 403,
				code: 'AccessDenied',
				message: 'Request has expired',
				details: {
					'X-Amz-Expires': url.searchParams.get('X-Amz-Expires') ?? '',
					Expires: new Date(link.expiresAt).toISOString(),
					ServerTime: new Date(now(this.settings)).toISOString(),
				},
			};
		}
		return { document: link.document };
	}

	/** Expires what was given out so far: for one fax, or all. */
	expire(faxId?: string): void {
		const at = now(this.settings);
		for (const link of this.issued.values()) {
			if (faxId === undefined || link.faxId === faxId) link.expiresAt = at;
		}
	}

	clear(): void {
		this.issued.clear();
	}
}
