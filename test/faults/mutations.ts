import fc from 'fast-check';

/** A delivery as it goes over the wire. */
export interface Message {
	headers: Record<string, string>;
	body: Buffer;
}

/** Changes a genuine delivery into one that Telnyx never signed. */
export type Mutation = (genuine: Message) => Message;

const SIGNATURE = 'telnyx-signature-ed25519';
const TIMESTAMP = 'telnyx-timestamp';

/** The order of the group that Ed25519 works in: adding it to a signature makes another form of it. */
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

function inBody(change: (body: Buffer) => Buffer): Mutation {
	return ({ headers, body }) => ({ headers, body: change(body) });
}

function inHeader(name: string, change: (value: string) => string | undefined): Mutation {
	return ({ headers, body }) => {
		const { [name]: value, ...others } = headers;
		// An earlier step may have taken the header away.
		const changed = value === undefined ? undefined : change(value);
		return { headers: changed === undefined ? others : { ...others, [name]: changed }, body };
	};
}

function inSignatureBytes(change: (bytes: Buffer) => Buffer): Mutation {
	return inHeader(SIGNATURE, (text) => change(Buffer.from(text, 'base64')).toString('base64'));
}

function littleEndian(bytes: Buffer): bigint {
	return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

function malleated(signature: Buffer): Buffer {
	if (signature.length !== 64) return signature;
	const sum = littleEndian(signature.subarray(32)) + order;
	const s = BigInt.asUintN(256, sum).toString(16).padStart(64, '0');
	return Buffer.concat([signature.subarray(0, 32), Buffer.from(s, 'hex').reverse()]);
}

const place = fc.nat({ max: 1_000_000 });
const someBytes = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => Buffer.from(bytes));
/** What a header can carry, without spaces around it, which HTTP drops. */
const headerText = fc.string({ unit: 'grapheme-ascii', maxLength: 120 }).map((text) => text.trim());

const at = (body: Buffer, where: number) => where % Math.max(1, body.length);

/** Keeps the body JSON, so that n8n hands it to the trigger. */
const jsonMutations = [
	fc.tuple(place, fc.constantFrom(...'0123456789abcdef')).map(([where, digit]) =>
		inBody((body) => {
			const digits = [...body.toString('latin1').matchAll(/(?<=[0-9a-f])[0-9a-f](?=[0-9a-f-])/g)];
			const changed = Buffer.from(body);
			changed.write(digit, digits[where % Math.max(1, digits.length)]?.index ?? 0);
			return changed;
		}),
	),
	fc
		.tuple(fc.constantFrom('data', 'meta', 'event_type', '__proto__'), fc.json())
		.map(([key, value]) =>
			inBody((body) => Buffer.from(body.toString().replace('{', `{"${key}":${value},`))),
		),
	fc
		.constantFrom('fax.failed', 'fax.delivered', '*')
		.map((type) => inBody((body) => Buffer.from(body.toString().replace('fax.received', type)))),
	fc.constant(inBody((body) => Buffer.from(body.toString().replaceAll(':', ': ')))),
];

const bodyMutations = [
	...jsonMutations,
	fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([where, mask]) =>
		inBody((body) => {
			const changed = Buffer.from(body);
			changed[at(body, where)] ^= mask;
			return changed;
		}),
	),
	fc.tuple(place, someBytes).map(([where, bytes]) =>
		inBody((body) => {
			const index = at(body, where);
			return Buffer.concat([body.subarray(0, index), bytes, body.subarray(index)]);
		}),
	),
	fc.tuple(place, fc.integer({ min: 1, max: 64 })).map(([where, count]) =>
		inBody((body) => {
			const index = at(body, where);
			return Buffer.concat([body.subarray(0, index), body.subarray(index + count)]);
		}),
	),
	place.map((where) => inBody((body) => body.subarray(0, at(body, where)))),
	fc
		.constantFrom(' ', '\n', '\r\n', '\0', '\uFEFF')
		.map((text) => inBody((body) => Buffer.concat([body, Buffer.from(text)]))),
	fc.constant(inBody((body) => Buffer.concat([body, body]))),
	fc.json().map((json) => inBody(() => Buffer.from(json))),
	someBytes.map((bytes) => inBody(() => bytes)),
];

const signatureMutations = [
	fc.tuple(fc.nat({ max: 63 }), fc.integer({ min: 1, max: 255 })).map(([where, mask]) =>
		inSignatureBytes((bytes) => {
			if (where < bytes.length) bytes[where] ^= mask;
			return bytes;
		}),
	),
	fc
		.uint8Array({ minLength: 0, maxLength: 128 })
		.map((bytes) => inSignatureBytes(() => Buffer.from(bytes))),
	fc.constant(inSignatureBytes(malleated)),
	fc.constant(inSignatureBytes(() => Buffer.alloc(64))),
	fc.constant(inSignatureBytes((bytes) => Buffer.concat([bytes, bytes]))),
	fc
		.constantFrom<(text: string) => string | undefined>(
			() => undefined,
			() => '',
			(text) => text.replace(/=+$/, ''),
			(text) => text.toLowerCase(),
			(text) => `${text}, ${text}`,
			(text) => `v1,${text}`,
			(text) => encodeURIComponent(text),
			(text) => Buffer.from(text, 'base64').toString('hex'),
			(text) => `${text.slice(0, -3)}${text.at(-3) === 'B' ? 'C' : 'B'}==`,
		)
		.map((change) => inHeader(SIGNATURE, change)),
	headerText.map((text) => inHeader(SIGNATURE, () => text)),
];

const timestampMutations = [
	fc
		.integer({ min: 1, max: 100_000 })
		.map((secs) => inHeader(TIMESTAMP, (at) => `${Number(at) + secs}`)),
	fc
		.integer({ min: 1, max: 100_000 })
		.map((secs) => inHeader(TIMESTAMP, (at) => `${Number(at) - secs}`)),
	fc
		.constantFrom<(text: string) => string | undefined>(
			() => undefined,
			() => '',
			(text) => `0${text}`,
			(text) => `+${text}`,
			(text) => `${text}.0`,
			(text) => `${text}000`,
			(text) => `0x${Number(text).toString(16)}`,
			(text) => Number(text).toExponential(),
			(text) => `${text}, ${text}`,
			(text) => `-${text}`,
			() => 'NaN',
			() => 'Infinity',
		)
		.map((change) => inHeader(TIMESTAMP, change)),
	headerText.map((text) => inHeader(TIMESTAMP, () => text)),
];

function isSame(one: Message, other: Message): boolean {
	const names = [SIGNATURE, TIMESTAMP];
	return (
		one.body.equals(other.body) && names.every((name) => one.headers[name] === other.headers[name])
	);
}

/**
 * Changes to one or several parts of a delivery. One that comes out as it was has its body spoilt,
 * so that no mutation is genuine.
 */
export const mutation: fc.Arbitrary<Mutation> = fc
	.array(fc.oneof(...bodyMutations, ...signatureMutations, ...timestampMutations), {
		minLength: 1,
		maxLength: 2,
	})
	.map((steps) => (genuine) => {
		const changed = steps.reduce((message, step) => step(message), genuine);
		return isSame(genuine, changed) ? inBody((body) => body.subarray(1))(changed) : changed;
	});
