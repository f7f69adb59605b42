import fc from 'fast-check';
import Telnyx from 'telnyx';

import {
	isSignedBy,
	parsePublicKey,
	readDelivery,
} from '../../../../nodes/shared/webhook/signature';
import { makeSigningPair, signatureOf } from './deliveries';

const COUNT = 1000;
const SEED = 20261123;

/** What reaches a webhook: header names as Node writes them, the body, and the key to check with. */
interface Delivery {
	headers: Record<string, string>;
	body: Buffer;
	key: string;
}

const pair = makeSigningPair();
const otherPair = makeSigningPair();
const client = new Telnyx({ apiKey: 'KEY0' });

const SIGNATURE = 'telnyx-signature-ed25519';
const TIMESTAMP = 'telnyx-timestamp';

/** A delivery as Telnyx makes it, `age` seconds old. */
function signed(body: string, age: number): Delivery {
	const timestamp = String(Math.floor(Date.now() / 1000) - age);
	return {
		headers: { [TIMESTAMP]: timestamp, [SIGNATURE]: signatureOf(pair, timestamp, body) },
		body: Buffer.from(body),
		key: pair.publicKey,
	};
}

const withHeader = (delivery: Delivery, name: string, value: string): Delivery => ({
	...delivery,
	headers: { ...delivery.headers, [name]: value },
});

function without(delivery: Delivery, name: string): Delivery {
	const headers = Object.entries(delivery.headers).filter(([other]) => other !== name);
	return { ...delivery, headers: Object.fromEntries(headers) };
}

const index = fc.nat({ max: 10_000 });

function replacedAt(text: string, at: number, by: string): string {
	const position = text.length === 0 ? 0 : at % text.length;
	return `${text.slice(0, position)}${by}${text.slice(position + 1)}`;
}

type Mutation = (delivery: Delivery) => Delivery;

const character = fc.constantFrom('A', 'b', '0', '9', '+', '/', '-', '_', '=', ' ', '\n', 'é');

const headerMutation = fc.oneof(
	fc.constantFrom(SIGNATURE, TIMESTAMP).map(
		(name): Mutation =>
			(one) =>
				without(one, name),
	),
	fc.constantFrom(SIGNATURE, TIMESTAMP).map(
		(name): Mutation =>
			(one) =>
				withHeader(one, name, ''),
	),
	fc.constantFrom(SIGNATURE, TIMESTAMP).map(
		(name): Mutation =>
			(one) =>
				withHeader(one, name, `${one.headers[name]}, ${one.headers[name]}`),
	),
	fc.constantFrom(SIGNATURE, TIMESTAMP).map(
		(name): Mutation =>
			(one) =>
				withHeader(without(one, name), `x-${name}`, one.headers[name] ?? ''),
	),
	fc.constant<Mutation>((one) => ({
		...one,
		headers: {
			[TIMESTAMP]: one.headers[SIGNATURE] ?? '',
			[SIGNATURE]: one.headers[TIMESTAMP] ?? '',
		},
	})),
);

const timestampMutation = fc.oneof(
	fc.tuple(index, character).map(
		([at, by]): Mutation =>
			(one) =>
				withHeader(one, TIMESTAMP, replacedAt(one.headers[TIMESTAMP] ?? '', at, by)),
	),
	fc
		.constantFrom(
			(now: string) => `-${now}`,
			(now: string) => `${now}.5`,
			(now: string) => ` ${now}`,
			(now: string) => `0${now}`,
			(now: string) => `0000000000000${now}`,
			(now: string) => `${now}000`,
			(now: string) => `0x${Number(now).toString(16)}`,
			() => '99999999999999999999999999',
			() => 'NaN',
			() => '0',
		)
		.map((change): Mutation => (one) => {
			// Signed anew, so that the form of the time alone is judged.
			const timestamp = change(one.headers[TIMESTAMP] ?? '');
			const signature = signatureOf(pair, timestamp, one.body.toString());
			return { ...one, headers: { [TIMESTAMP]: timestamp, [SIGNATURE]: signature } };
		}),
);

const bodyMutation = fc.oneof(
	fc.tuple(index, fc.integer({ min: 1, max: 127 })).map(([at, bits]): Mutation => (one) => {
		const body = Buffer.from(one.body);
		if (body.length > 0) body[at % body.length] ^= bits;
		return { ...one, body };
	}),
	index.map((end): Mutation => (one) => ({
		...one,
		body: one.body.subarray(0, end % (one.body.length + 1)),
	})),
	fc.constantFrom(' ', '\n', '\0', '\uFEFF', '{}').map((tail): Mutation => (one) => ({
		...one,
		body: Buffer.concat([one.body, Buffer.from(tail)]),
	})),
	fc.constant<Mutation>((one) => ({ ...one, body: Buffer.alloc(0) })),
	fc.constant<Mutation>((one) => ({ ...one, body: Buffer.from(one.body.toString(), 'utf16le') })),
);

const keyMutation = fc
	.constantFrom(
		otherPair.publicKey,
		pair.publicKey.replace(/=+$/, ''),
		`${pair.publicKey}=`,
		Buffer.alloc(32).toString('base64'),
		Buffer.alloc(31, 1).toString('base64'),
		Buffer.alloc(33, 1).toString('base64'),
		Buffer.from(pair.publicKey, 'base64').toString('hex'),
	)
	.map((key): Mutation => (one) => ({ ...one, key }));

const encodingMutation = fc
	.constantFrom(
		(text: string) => text.replace(/=+$/, ''),
		(text: string) => `${text}=`,
		(text: string) => text.replaceAll('+', '-').replaceAll('/', '_'),
		(text: string) => `${text}AAAA`,
		(text: string) => text.slice(4),
		(text: string) => ` ${text}`,
		(text: string) => `${text.slice(0, 40)}\n${text.slice(40)}`,
		(text: string) => Buffer.from(text, 'base64').toString('hex'),
		(text: string) => Buffer.from(text).toString('base64'),
		(text: string) => `=${text.slice(1)}`,
		() => Buffer.alloc(64).toString('base64'),
	)
	.map(
		(change): Mutation =>
			(one) =>
				withHeader(one, SIGNATURE, change(one.headers[SIGNATURE] ?? '')),
	);

const signatureMutation = fc.tuple(index, character).map(
	([at, by]): Mutation =>
		(one) =>
			withHeader(one, SIGNATURE, replacedAt(one.headers[SIGNATURE] ?? '', at, by)),
);

const event = fc.record({
	data: fc.record({
		event_type: fc.constantFrom('fax.received', 'fax.delivered', 'fax.failed'),
		id: fc.uuid(),
		payload: fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
	}),
});

const age = fc.oneof(
	fc.integer({ min: -290, max: 290 }),
	fc.integer({ min: -100_000, max: -310 }),
	fc.integer({ min: 310, max: 100_000 }),
);

const mutation = fc.oneof(
	fc.constant<Mutation>((one) => one),
	headerMutation,
	timestampMutation,
	bodyMutation,
	keyMutation,
	encodingMutation,
	signatureMutation,
);

const deliveries = fc
	.tuple(
		event,
		fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: age }),
		fc.oneof(
			{ weight: 2, arbitrary: fc.constant<Mutation>((one) => one) },
			{ weight: 5, arbitrary: mutation },
		),
	)
	.map(([content, secs, mutate]) => mutate(signed(JSON.stringify(content), secs)));

function ourVerdict({ headers, body, key }: Delivery): boolean {
	const publicKey = parsePublicKey(key);
	const delivery = readDelivery(
		{ timestamp: headers[TIMESTAMP], signature: headers[SIGNATURE], rawBody: body },
		Date.now(),
	);
	return (
		publicKey !== undefined && typeof delivery === 'object' && isSignedBy([publicKey], delivery)
	);
}

async function sdkVerdict({ headers, body, key }: Delivery): Promise<boolean> {
	return await client.webhooks.unwrap(body.toString('utf8'), { headers, key }).then(
		() => true,
		(error: unknown) => {
			if (error instanceof Error && error.name === 'TelnyxWebhookVerificationError') return false;
			// Verified, but no JSON.
			if (error instanceof SyntaxError) return body.length > 0;
			throw error;
		},
	);
}

/** Where ours is wanted to be stricter, or another, than the SDK's. */
const wantedDifferences: Array<{ reason: string; applies: (delivery: Delivery) => boolean }> = [
	{
		reason:
			'The SDK ignores stray bits after the last byte of the signature; here one text stands for one signature',
		applies: ({ headers }) => {
			const signature = headers[SIGNATURE] ?? '';
			return Buffer.from(signature, 'base64').toString('base64') !== signature;
		},
	},
	{
		reason:
			'The SDK judges the body as text, in which all broken UTF-8 is the same; here its bytes are judged, as they were signed',
		applies: ({ body }) => !Buffer.from(body.toString('utf8')).equals(body),
	},
];

describe("the verdict of Telnyx's official SDK", () => {
	it(`is ours on ${COUNT} deliveries, valid and mutated`, async () => {
		const sample = fc.sample(deliveries, { numRuns: COUNT, seed: SEED });
		const verdicts = { genuine: 0, refused: 0 };
		const unwanted: Array<{ delivery: Delivery; ours: boolean; theirs: boolean }> = [];
		for (const delivery of sample) {
			const ours = ourVerdict(delivery);
			const theirs = await sdkVerdict(delivery);
			verdicts[ours ? 'genuine' : 'refused']++;
			if (ours !== theirs && !wantedDifferences.some(({ applies }) => applies(delivery))) {
				unwanted.push({ delivery, ours, theirs });
			}
		}
		expect(unwanted).toEqual([]);
		expect(sample).toHaveLength(COUNT);
		// Agreement on nothing but refusals would prove little.
		expect(verdicts.genuine).toBeGreaterThan(COUNT / 5);
		expect(verdicts.refused).toBeGreaterThan(COUNT / 5);
	});

	it('differs as wanted on stray bits in the signature', async () => {
		const delivery = signed('{"data":{}}', 0);
		const signature = delivery.headers[SIGNATURE] ?? '';
		const last = signature.at(-3) ?? '';
		const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
		const stray = `${signature.slice(0, -3)}${alphabet[alphabet.indexOf(last) + 1]}==`;
		const changed = withHeader(delivery, SIGNATURE, stray);
		expect([await sdkVerdict(changed), ourVerdict(changed)]).toEqual([true, false]);
	});

	it('differs as wanted on a body with broken UTF-8', async () => {
		const delivery = signed('{"data":"\uFFFD"}', 0);
		const body = Buffer.from('{"data":"\uFFFD"}'.replace('\uFFFD', '?'));
		body[body.indexOf('?')] = 0xff;
		const changed = { ...delivery, body };
		expect([await sdkVerdict(changed), ourVerdict(changed)]).toEqual([true, false]);
	});
});
