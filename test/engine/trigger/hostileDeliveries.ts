/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: compresses bodies */
import { randomUUID } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { makeSigningPair, signatureOf } from '../../unit/shared/webhook/deliveries';

/** A request to a trigger's URL; a header with several values is sent several times. */
export interface HostileRequest {
	headers: Record<string, string | string[]>;
	body?: Buffer | string;
}

/** What only Telnyx can do: sign a body, at a time in unix seconds. */
export type Sign = (rawBody: string, timestamp?: number) => Record<string, string>;

/** A delivery that must start nothing, by what is wrong with it. */
export interface HostileDelivery {
	name: string;
	request: (sign: Sign, applicationId: string) => HostileRequest;
}

const SIGNATURE = 'telnyx-signature-ed25519';
const TIMESTAMP = 'telnyx-timestamp';
const json = { 'content-type': 'application/json' };

/** An event that would start a workflow if Telnyx had signed it. */
export function faxReceived(applicationId: string): Record<string, unknown> {
	return {
		data: {
			event_type: 'fax.received',
			id: randomUUID(),
			occurred_at: new Date().toISOString(),
			payload: {
				connection_id: applicationId,
				direction: 'inbound',
				fax_id: randomUUID(),
				from: '+13125550188',
				to: '+13125790100',
				status: 'received',
				page_count: 1,
			},
			record_type: 'event',
		},
		meta: { attempt: 1, delivered_to: 'https://n8n.example.com/webhook' },
	};
}

const bodyFor = (applicationId: string) => JSON.stringify(faxReceived(applicationId));

const nowSecs = () => Math.floor(Date.now() / 1000);

type Headers = Record<string, string>;

/** Another set of headers on a body that is right. */
function headers(
	name: string,
	change: (signed: Headers, body: string, sign: Sign) => HostileRequest['headers'],
): HostileDelivery {
	return {
		name,
		request: (sign, applicationId) => {
			const body = bodyFor(applicationId);
			return { headers: { ...json, ...change(sign(body), body, sign) }, body };
		},
	};
}

/** A right signature at another time than now. */
const time = (name: string, timestamp: () => number): HostileDelivery =>
	headers(name, (_signed, body, sign) => sign(body, timestamp()));

/** A signature in another form. */
const signature = (name: string, change: (text: string) => string): HostileDelivery =>
	headers(name, (signed) => ({ ...signed, [SIGNATURE]: change(signed[SIGNATURE] ?? '') }));

/** Another timestamp than the one that was signed. */
const timestamp = (name: string, change: (text: string) => string): HostileDelivery =>
	headers(name, (signed) => ({ ...signed, [TIMESTAMP]: change(signed[TIMESTAMP] ?? '') }));

/** Another body than the one that was signed. */
function body(
	name: string,
	change: (body: string) => Buffer | string,
	more: Headers = {},
): HostileDelivery {
	return {
		name,
		request: (sign, applicationId) => {
			const signed = bodyFor(applicationId);
			return { headers: { ...json, ...sign(signed), ...more }, body: change(signed) };
		},
	};
}

/** A body without a signature. */
const unsigned = (name: string, content: string): HostileDelivery => ({
	name,
	request: () => ({ headers: json, body: content }),
});

function multipart(content: string): string {
	return `--x\r\ncontent-disposition: form-data; name="data"\r\n\r\n${content}\r\n--x--\r\n`;
}

const padded = (bytes: number) => (content: string) =>
	content.replace('{"data":', `{"filler":"${'a'.repeat(bytes)}","data":`);

const stranger = makeSigningPair();

export const hostileDeliveries: HostileDelivery[] = [
	headers('no headers', () => ({})),
	headers('no signature', ({ [TIMESTAMP]: at = '' }) => ({ [TIMESTAMP]: at })),
	headers('no timestamp', ({ [SIGNATURE]: made = '' }) => ({ [SIGNATURE]: made })),
	signature('an empty signature', () => ''),
	timestamp('an empty timestamp', () => ''),
	headers('two right signatures', (signed) => ({
		...signed,
		[SIGNATURE]: [signed[SIGNATURE] ?? '', signed[SIGNATURE] ?? ''],
	})),
	headers('two timestamps', (signed) => ({
		...signed,
		[TIMESTAMP]: [signed[TIMESTAMP] ?? '', signed[TIMESTAMP] ?? ''],
	})),
	headers('a wrong and a right signature', (signed) => ({
		...signed,
		[SIGNATURE]: [Buffer.alloc(64, 7).toString('base64'), signed[SIGNATURE] ?? ''],
	})),
	headers('headers of other names', (signed) => ({
		'x-telnyx-timestamp': signed[TIMESTAMP] ?? '',
		'x-telnyx-signature-ed25519': signed[SIGNATURE] ?? '',
	})),
	headers('signature and timestamp swapped', (signed) => ({
		[TIMESTAMP]: signed[SIGNATURE] ?? '',
		[SIGNATURE]: signed[TIMESTAMP] ?? '',
	})),
	headers("a stranger's key", (signed, content) => ({
		...signed,
		[SIGNATURE]: signatureOf(stranger, signed[TIMESTAMP] ?? '', content),
	})),
	headers('the signature of another body', (_signed, _content, sign) => sign('{}')),
	headers('a signature over the body alone', (signed, content) => ({
		...signed,
		[SIGNATURE]: signatureOf(stranger, '', content),
	})),
	signature('a signature of zeros', () => Buffer.alloc(64).toString('base64')),
	signature('a signature of 63 bytes', () => Buffer.alloc(63, 7).toString('base64')),
	signature('a signature of 65 bytes', () => Buffer.alloc(65, 7).toString('base64')),
	signature('a signature of 64 kB', () => Buffer.alloc(6000, 7).toString('base64')),
	signature('base64url', () => Buffer.alloc(64, 0xfb).toString('base64url')),
	signature('base64 without padding', (text) => text.replace(/=+$/, '')),
	signature('hexadecimal', (text) => Buffer.from(text, 'base64').toString('hex')),
	signature('a signature with a changed character', (text) =>
		text.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
	),
	time('a stale delivery', () => nowSecs() - 310),
	time('a delivery of yesterday', () => nowSecs() - 86_400),
	time('a delivery of the future', () => nowSecs() + 400),
	time('time 0', () => 0),
	time('a negative time', () => -nowSecs()),
	time('a huge time', () => Number.MAX_SAFE_INTEGER),
	time('a time in milliseconds', () => Date.now()),
	time('a fraction as time', () => nowSecs() + 0.5),
	timestamp('a time that is no number', () => 'now'),
	timestamp('a time in hexadecimal', (text) => `0x${Number(text).toString(16)}`),
	timestamp('a date', () => new Date().toISOString()),
	timestamp('a time with an exponent', () => '18e8'),
	timestamp('an old delivery with a new time', (text) => String(Number(text) + 1)),
	body('a tampered body', (text) => text.replace('+13125550188', '+13125550199')),
	body('a body in another order', (text) => {
		const { data, meta }: Record<string, unknown> = JSON.parse(text);
		return JSON.stringify({ meta, data });
	}),
	body('a body that was written anew', (text) => JSON.stringify(JSON.parse(text), null, 2)),
	body('a body with escaped characters', (text) => text.replaceAll('+', '\\u002b')),
	body('a body with a byte order mark', (text) => `\uFEFF${text}`),
	body('a body with a line break', (text) => `${text}\n`),
	body('a body in UTF-16', (text) => Buffer.from(text, 'utf16le')),
	body('half of the body', (text) => text.slice(0, text.length / 2)),
	body('an empty body', () => ''),
	body('an empty object', () => '{}'),
	body('a compressed body that does not say so', (text) => gzipSync(text)),
	body('a compressed other body', (text) => gzipSync(`${text} `), { 'content-encoding': 'gzip' }),
	body('a deflated other body', (text) => deflateSync(`${text} `), {
		'content-encoding': 'deflate',
	}),
	body('another body in brotli', (text) => brotliCompressSync(`${text} `), {
		'content-encoding': 'br',
	}),
	body('a body of 1 MB', padded(1024 * 1024)),
	body('another body as text', (text) => `${text} `, { 'content-type': 'text/plain' }),
	body('a form', (text) => `data=${encodeURIComponent(text)}`, {
		'content-type': 'application/x-www-form-urlencoded',
	}),
	body('a multipart form', multipart, { 'content-type': 'multipart/form-data; boundary=x' }),
	body('another multipart', multipart, { 'content-type': 'multipart/mixed; boundary=x' }),
	body('XML', () => '<data><event_type>fax.received</event_type></data>', {
		'content-type': 'application/xml',
	}),
	body('bytes', (text) => Buffer.from(`${text} `), { 'content-type': 'application/octet-stream' }),
	unsigned('no JSON', 'not JSON'),
	unsigned('an array', '[{"data":{"event_type":"fax.received","id":"1"}}]'),
	unsigned('a number', '5'),
	unsigned('a text', '"fax.received"'),
	unsigned('null', 'null'),
	unsigned(
		'a prototype key',
		'{"__proto__":{"isAdmin":true},"data":{"event_type":"fax.received"}}',
	),
	unsigned('a constructor key', '{"constructor":{"prototype":{"isAdmin":true}}}'),
	unsigned('deeply nested JSON', `${'[['.repeat(5000)}${']]'.repeat(5000)}`),
];

/** What n8n itself gives up on, some of it with status 500, before it asks the trigger. */
export const unreadableDeliveries: HostileDelivery[] = [
	body('a body of 20 MB', padded(20 * 1024 * 1024)),
	body('a body that is not what its compression says', (text) => text, {
		'content-encoding': 'gzip',
	}),
	body('a compressed body that breaks off', (text) => gzipSync(text).subarray(0, 50), {
		'content-encoding': 'gzip',
	}),
	body('a multipart form without its boundary', multipart, {
		'content-type': 'multipart/form-data',
	}),
	body('a compressed body of 40 MB', () => gzipSync(Buffer.alloc(40 * 1024 * 1024, 'a')), {
		'content-encoding': 'gzip',
	}),
];
