import type { KeyObject } from 'node:crypto';
import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { InputError, TelnyxError } from '../errors';
import { stringAt } from '../json';
import { telnyxData } from '../resources';
import { parsePublicKey } from './signature';

type Context = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** An unknown signature may ask Telnyx for the key at most this often, however many forgeries come. */
const refreshPauseMs = 300_000;

/** While no key is known: how long deliveries wait before Telnyx is asked again. */
const failurePauseMs = 10_000;

/** How long a delivery that waits for a key lets Telnyx take for the answer. */
const deliveryPatienceMs = 5000;

/** After a rotation both keys may sign for up to 60 minutes (Telnyx support article 8370064). */
const overlapMs = 3_600_000;

const portal =
	'Copy it from the Telnyx portal (Account Settings > Keys & Credentials > Public Key) into the field Public Key of the credential';

interface SigningKey {
	key: KeyObject;
	/** Set once Telnyx names another key: when this one stops being valid, in ms of Date.now(). */
	validUntil?: number;
}

interface Known {
	/** The keys by their text. */
	keys: Map<string, SigningKey>;
	/** When Telnyx was last asked, in ms of Date.now(). */
	askedAt: number;
	asking?: Promise<void>;
	/** Why the last question had no answer. */
	failure?: unknown;
}

// Per credential, in this process only: what is lost with it is asked for again.
const known = new Map<string, Known>();

function credentialId(context: Context): string {
	return context.getNode().credentials?.telnyxFaxApi?.id ?? '';
}

async function ownKeys(context: Context): Promise<string[]> {
	const credentials = await context.getCredentials('telnyxFaxApi');
	const text = stringAt(credentials, 'publicKey') ?? '';
	return text.split(/[\s,;]+/).filter((key) => key !== '');
}

async function keyFromTelnyx(context: Context): Promise<string> {
	const isAwaited = 'getResponseObject' in context;
	const data = await telnyxData(context, {
		method: 'GET',
		path: '/public_key',
		repeatable: !isAwaited,
		signal: isAwaited ? AbortSignal.timeout(deliveryPatienceMs) : undefined,
	}).catch((error: unknown) => {
		if (!(error instanceof TelnyxError) || error.status !== 404) throw error;
		return {};
	});
	const key = stringAt(data, 'public') ?? stringAt(data, 'public_key');
	if (key === undefined) {
		throw new InputError('Telnyx did not name the key that signs its webhooks', portal);
	}
	return key;
}

function keyOf(text: string): SigningKey {
	const key = parsePublicKey(text);
	if (key === undefined) {
		throw new InputError('The public key is not valid: it must be 44 characters of base64', portal);
	}
	return { key };
}

async function ask(context: Context, { keys }: Known): Promise<void> {
	const own = await ownKeys(context);
	const named = new Map(
		(own.length > 0 ? own : [await keyFromTelnyx(context)]).map((text) => [text, keyOf(text)]),
	);
	const validUntil = Date.now() + overlapMs;
	for (const [text, earlier] of keys) {
		if (!named.has(text) && own.length === 0) named.set(text, { validUntil, ...earlier });
	}
	keys.clear();
	for (const [text, key] of named) keys.set(text, key);
}

function entryOf(context: Context): Known {
	const id = credentialId(context);
	const entry = known.get(id) ?? { keys: new Map(), askedAt: 0 };
	known.set(id, entry);
	return entry;
}

async function refresh(context: Context, entry: Known): Promise<void> {
	entry.asking ??= ask(context, entry)
		.then(
			() => (entry.failure = undefined),
			(error: unknown) => (entry.failure = error),
		)
		.then(() => {
			entry.askedAt = Date.now();
			entry.asking = undefined;
		});
	await entry.asking;
	if (entry.failure !== undefined) throw entry.failure;
}

function keysOf({ keys }: Known): KeyObject[] {
	const now = Date.now();
	return [...keys.values()]
		.filter(({ validUntil = Infinity }) => validUntil > now)
		.map(({ key }) => key);
}

/**
 * The keys that may sign Telnyx's webhooks, asked for now: those in the credential, else the one
 * that Telnyx names.
 *
 * @throws InputError where there is none; TelnyxError where Telnyx does not answer
 */
export async function fetchSigningKeys(context: Context): Promise<KeyObject[]> {
	const entry = entryOf(context);
	await refresh(context, entry);
	return keysOf(entry);
}

/**
 * The keys as far as they are known in this process; asked for only where none is.
 *
 * @throws as `fetchSigningKeys`, for a short while without asking again
 */
export async function signingKeys(context: Context): Promise<KeyObject[]> {
	const entry = entryOf(context);
	if (entry.keys.size > 0) return keysOf(entry);
	if (entry.failure !== undefined && Date.now() - entry.askedAt < failurePauseMs) {
		throw entry.failure;
	}
	return await fetchSigningKeys(context);
}

/**
 * The keys after a signature that none of them has made, because Telnyx may have rotated its key.
 * Undefined where Telnyx was asked too short a time ago.
 */
export async function renewedSigningKeys(context: Context): Promise<KeyObject[] | undefined> {
	const entry = entryOf(context);
	if (entry.asking === undefined && Date.now() - entry.askedAt < refreshPauseMs) return undefined;
	return await fetchSigningKeys(context);
}
