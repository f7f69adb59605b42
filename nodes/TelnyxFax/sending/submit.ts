import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { TelnyxError } from '../../shared/errors';
import { haltSignal } from '../../shared/halt';
import { objectAt, stringAt } from '../../shared/json';
import { pause } from '../../shared/pause';
import { encodeOwnReference } from '../../shared/reference';
import type { TelnyxRequest } from '../../shared/transport';
import { cancelSignal, telnyxRequest } from '../../shared/transport';
import type { FaxRequest } from './faxRequest';
import type { Attempt } from './ledger';
import { Ledger } from './ledger';
import { findSentFax, likeness } from './lookup';
import { deleteStoredDocument, storeDocument } from './mediaStorage';
import { multipart } from './multipart';
import type { Sender } from './sender';
import { senderOf } from './sender';

/** What became of a fax: Telnyx's answer, or the attempt whose outcome cannot be told. */
export type Submission = { fax: IDataObject } | { unknown: Attempt };

/**
 * Faxes that Telnyx's list could not tell apart (same numbers, no reference of the node's own). They
 * go out in parallel, but wait while one of them is being looked up.
 */
interface Lane {
	inFlight: number;
	lookups: Promise<unknown>;
}

interface Run {
	ledger: Ledger;
	lanes: Map<string, Lane>;
	/** When the last fax was handed over, in ms of Date.now(). */
	sentAt: number;
}

const runs = new WeakMap<IExecuteFunctions, Run>();

function runOf(context: IExecuteFunctions): Run {
	const run = runs.get(context) ?? { ledger: new Ledger(context), lanes: new Map(), sentAt: 0 };
	runs.set(context, run);
	return run;
}

function laneOf({ lanes }: Run, attempt: Attempt): Lane {
	const key = likeness(attempt);
	const lane = lanes.get(key) ?? { inFlight: 0, lookups: Promise.resolve() };
	lanes.set(key, lane);
	return lane;
}

/** A fax ready to be sent: the request, and what tells it from others afterwards. */
interface Parcel {
	request: TelnyxRequest;
	attempt: Attempt;
	/** The document's name in Media Storage, where the node itself put it there. */
	storedAs?: string;
}

async function pack(
	context: IExecuteFunctions,
	{ fields, source, to }: FaxRequest,
	{ faxApplicationId, from }: Sender,
): Promise<Parcel> {
	const unless = haltSignal(context);
	const request: TelnyxRequest = { method: 'POST', path: '/faxes', unless };
	const addressed = { connection_id: faxApplicationId, from, to };
	const at = Date.now();
	if (source.kind === 'contents') {
		const { document } = source;
		const form = { ...addressed, ...fields };
		return {
			request: { ...request, upload: async () => await multipart(form, 'contents', document) },
			attempt: {
				at,
				body: addressed,
				document: `${document.fileName} ${document.bytes}`,
				unique: false,
			},
		};
	}
	const storedAs =
		source.kind === 'mediaStorage'
			? await storeDocument(context, source.document, source.ttlSecs)
			: undefined;
	const media = source.kind === 'reference' ? source.field : { media_name: storedAs };
	const ownReference = fields.client_state === undefined;
	const json = {
		...addressed,
		...media,
		...fields,
		...(ownReference && { client_state: encodeOwnReference(randomUUID()) }),
	};
	return {
		request: { ...request, json },
		attempt: {
			at,
			body: {
				...addressed,
				client_state: stringAt(json, 'client_state'),
				media_name: stringAt(json, 'media_name'),
				media_url: stringAt(json, 'media_url'),
			},
			document: '',
			unique: ownReference || storedAs !== undefined,
		},
		storedAs,
	};
}

async function post(
	context: IExecuteFunctions,
	request: TelnyxRequest,
): Promise<IDataObject | undefined> {
	const answer = await telnyxRequest(context, request).catch((error: unknown) => {
		if (error instanceof TelnyxError && error.outcome === 'unknown') return undefined;
		throw error;
	});
	const fax = objectAt(answer?.body, 'data');
	return stringAt(fax, 'id') === undefined ? undefined : fax;
}

/** Looks a fax up, one after the other in its lane, once no sibling is on its way any more. */
async function lookUp(
	context: IExecuteFunctions,
	run: Run,
	lane: Lane,
	attempt: Attempt,
	itemIndex: number,
): Promise<Submission> {
	const lookup = lane.lookups.then(async () => {
		while (lane.inFlight > 0) await pause(50);
		const fax = await findSentFax(context, attempt, run.ledger);
		if (fax === undefined) return { unknown: attempt };
		run.ledger.accept(itemIndex, String(fax.id));
		return { fax };
	});
	lane.lookups = lookup;
	return await lookup;
}

async function waitForLookups(lane: Lane): Promise<void> {
	for (let seen; seen !== lane.lookups;) {
		seen = lane.lookups;
		await seen;
	}
}

/**
 * Sends a fax, at most once: what an earlier try of this run sent is not sent again, and where the
 * outcome is unknown, Telnyx is asked instead of sending anew.
 *
 * @throws TelnyxError where Telnyx refused the fax or could not be reached: it was not sent
 */
export async function submit(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: FaxRequest,
): Promise<Submission> {
	const run = runOf(context);
	const { ledger } = run;
	const earlier = ledger.get(itemIndex);
	if (earlier && 'id' in earlier) return { fax: await sentEarlier(context, earlier.id) };
	if (earlier) {
		return await lookUp(context, run, laneOf(run, earlier.attempt), earlier.attempt, itemIndex);
	}
	const sender = await senderOf(context, wanted);
	const { request, attempt, storedAs } = await pack(context, wanted, sender);
	const lane = laneOf(run, attempt);
	await waitForLookups(lane);
	await pause(run.sentAt + wanted.pauseMs - Date.now(), cancelSignal(context));
	attempt.at = Date.now();
	run.sentAt = attempt.at;
	ledger.open(itemIndex, attempt);
	lane.inFlight++;
	const fax = await post(context, request)
		.catch(async (error: unknown) => {
			if (cancelSignal(context)?.aborted !== true) ledger.forget(itemIndex);
			if (storedAs !== undefined) await discard(context, storedAs);
			throw error;
		})
		.finally(() => lane.inFlight--);
	if (fax === undefined) return await lookUp(context, run, lane, attempt, itemIndex);
	ledger.accept(itemIndex, String(fax.id));
	return { fax };
}

/** The fax of an earlier try as it is now; where it cannot be read, still the fact that it exists. */
async function sentEarlier(context: IExecuteFunctions, id: string): Promise<IDataObject> {
	const path = `/faxes/${encodeURIComponent(id)}`;
	const answer = await telnyxRequest(context, { method: 'GET', path }).catch(() => undefined);
	const fax = objectAt(answer?.body, 'data');
	return stringAt(fax, 'id') === id ? fax : { id, direction: 'outbound' };
}

/** A document that will not be faxed need not wait at Telnyx for its end; Telnyx deletes it anyway. */
async function discard(context: IExecuteFunctions, mediaName: string): Promise<void> {
	await deleteStoredDocument(context, mediaName).catch((error: unknown) => {
		context.logger.warn(`Telnyx Fax could not delete a stored document early: ${String(error)}`);
	});
}
