import {
	isSignedBy,
	parsePublicKey,
	readDelivery,
} from '../../../../nodes/shared/webhook/signature';
import { makeSigningPair, signatureOf } from './deliveries';

const pair = makeSigningPair();
const other = makeSigningPair();
const nowMs = 1_800_000_000_400;
const now = '1800000000';
const body = '{"data":{"event_type":"fax.received"}}';

const keyOf = ({ publicKey }: { publicKey: string }) => {
	const key = parsePublicKey(publicKey);
	if (key === undefined) throw new Error('The key cannot be read');
	return key;
};

const delivery = (
	changes: { timestamp?: unknown; signature?: unknown; rawBody?: unknown } = {},
) => {
	const timestamp = typeof changes.timestamp === 'string' ? changes.timestamp : now;
	return {
		timestamp,
		signature: signatureOf(pair, timestamp, body),
		rawBody: Buffer.from(body),
		...changes,
	};
};

const flipped = (text: string, at: number) =>
	`${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;

describe('the form of a delivery', () => {
	const signature = signatureOf(pair, now, body);

	it.each([
		['no signature', { signature: undefined }, 'missing signature'],
		['an empty signature', { signature: '' }, 'missing signature'],
		['two signatures in an array', { signature: [signature, signature] }, 'missing signature'],
		[
			'two signatures in a header',
			{ signature: `${signature}, ${signature}` },
			'malformed signature',
		],
		[
			'a signature without its padding',
			{ signature: signature.replace(/=+$/, '') },
			'malformed signature',
		],
		['a signature with too much padding', { signature: `${signature}==` }, 'malformed signature'],
		['a signature with a space', { signature: ` ${signature}` }, 'malformed signature'],
		['a signature with a line break', { signature: `${signature}\n` }, 'malformed signature'],
		['base64url', { signature: `-_${signature.slice(2)}` }, 'malformed signature'],
		[
			'hexadecimal',
			{ signature: Buffer.from(signature, 'base64').toString('hex') },
			'malformed signature',
		],
		['63 bytes', { signature: Buffer.alloc(63, 1).toString('base64') }, 'malformed signature'],
		['65 bytes', { signature: Buffer.alloc(65, 1).toString('base64') }, 'malformed signature'],
		[
			'stray bits after the last byte',
			{ signature: `${signature.slice(0, -3)}${/[AQgw]==$/.test(signature) ? 'B' : 'A'}==` },
			'malformed signature',
		],
		['no timestamp', { timestamp: undefined }, 'malformed timestamp'],
		['an empty timestamp', { timestamp: '' }, 'malformed timestamp'],
		['a number as timestamp', { timestamp: 1_800_000_000 }, 'malformed timestamp'],
		['a negative timestamp', { timestamp: '-1800000000' }, 'malformed timestamp'],
		['a signed timestamp', { timestamp: '+1800000000' }, 'malformed timestamp'],
		['a fraction', { timestamp: '1800000000.0' }, 'malformed timestamp'],
		['an exponent', { timestamp: '18e8' }, 'malformed timestamp'],
		['hexadecimal time', { timestamp: '0x6b49d200' }, 'malformed timestamp'],
		['digits of another script', { timestamp: '١٨٠٠٠٠٠٠٠٠' }, 'malformed timestamp'],
		['a date', { timestamp: '2027-01-15T08:00:00Z' }, 'malformed timestamp'],
		['a timestamp with a space', { timestamp: ' 1800000000' }, 'malformed timestamp'],
		['a timestamp with a line break', { timestamp: '1800000000\n' }, 'malformed timestamp'],
		['two timestamps', { timestamp: '1800000000, 1800000000' }, 'malformed timestamp'],
		['a huge timestamp', { timestamp: '9'.repeat(400) }, 'stale timestamp'],
		['milliseconds', { timestamp: '1800000000000' }, 'stale timestamp'],
		['time 0', { timestamp: '0' }, 'stale timestamp'],
		['an hour ago', { timestamp: '1799996400' }, 'stale timestamp'],
		['an hour ahead', { timestamp: '1800003600' }, 'stale timestamp'],
		['no body', { rawBody: undefined }, 'missing body'],
		['an empty body', { rawBody: Buffer.alloc(0) }, 'missing body'],
		['a body that n8n has parsed', { rawBody: { data: {} } }, 'missing body'],
		['a text body', { rawBody: body }, 'missing body'],
	])('is refused with %s', (_what, changes, reason) => {
		expect(readDelivery(delivery(changes), nowMs)).toBe(reason);
	});

	it.each([
		[-300, true],
		[-301, false],
		[300, true],
		[301, false],
	])('is judged by whole seconds of age: %i s is taken: %s', (secs, taken) => {
		const timestamp = String(1_800_000_000 + secs);
		for (const ms of [0, 400, 999]) {
			const read = readDelivery(delivery({ timestamp }), 1_800_000_000_000 + ms);
			expect(typeof read === 'object').toBe(taken);
		}
	});
});

describe('the signature of a delivery', () => {
	const verdict = (changes: Parameters<typeof delivery>[0], keys = [keyOf(pair)]) => {
		const read = readDelivery(delivery(changes), nowMs);
		return typeof read === 'object' && isSignedBy(keys, read);
	};

	it('is right over the timestamp, a bar and the raw body', () => {
		expect(verdict({})).toBe(true);
	});

	it('is right when any of several keys has made it', () => {
		expect(verdict({}, [keyOf(other), keyOf(pair)])).toBe(true);
	});

	it.each([
		['another key', { signature: signatureOf(other, now, body) }],
		['the body without the timestamp', { signature: signatureOf(pair, '', body) }],
		['another timestamp', { signature: signatureOf(pair, '1800000001', body) }],
		['a body with one more space', { rawBody: Buffer.from(`${body} `) }],
		[
			'a body that was written anew',
			{ rawBody: Buffer.from(JSON.stringify(JSON.parse(body), null, 1)) },
		],
		['a body with a byte order mark', { rawBody: Buffer.from(`\uFEFF${body}`) }],
		['a body in UTF-16', { rawBody: Buffer.from(body, 'utf16le') }],
		['64 zero bytes', { signature: Buffer.alloc(64).toString('base64') }],
		['a changed first byte', { signature: flipped(signatureOf(pair, now, body), 0) }],
	])('is wrong: %s', (_what, changes) => {
		expect(verdict(changes)).toBe(false);
	});

	it('is wrong without any key', () => {
		expect(verdict({}, [])).toBe(false);
	});

	it('is judged by bytes, so that a body with broken UTF-8 is not another one', () => {
		const broken = Buffer.from([0x22, 0xff, 0x22]);
		const replaced = Buffer.from(broken.toString('utf8'));
		const signature = signatureOf(pair, now, replaced.toString('utf8'));
		expect(verdict({ signature, rawBody: replaced })).toBe(true);
		expect(verdict({ signature, rawBody: broken })).toBe(false);
	});
});

describe("Telnyx's public key", () => {
	it('is base64 of 32 bytes, with spaces around it at most', () => {
		expect(parsePublicKey(` ${pair.publicKey}\n`)?.asymmetricKeyType).toBe('ed25519');
	});

	it.each([
		['nothing', ''],
		['31 bytes', Buffer.alloc(31, 1).toString('base64')],
		['33 bytes', Buffer.alloc(33, 1).toString('base64')],
		['hexadecimal', Buffer.alloc(32, 1).toString('hex')],
		['base64url', Buffer.alloc(32, 0xff).toString('base64url')],
		['base64 without its padding', pair.publicKey.replace(/=+$/, '')],
		['a PEM header', `-----BEGIN PUBLIC KEY-----${pair.publicKey}`],
	])('is not %s', (_what, text) => {
		expect(parsePublicKey(text)).toBeUndefined();
	});
});
