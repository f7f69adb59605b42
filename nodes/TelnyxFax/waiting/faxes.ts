import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { TelnyxError } from '../../shared/errors';
import { isFinal } from '../../shared/fax';
import { objectAt, stringAt } from '../../shared/json';
import { telnyxList } from '../../shared/pagination';
import { getFax } from '../../shared/resources';
import { inParallel } from '../actions/parallel';
import type { FinalEvent } from './result';

type Context = IExecuteFunctions | IWebhookFunctions;

const parallelReads = 16;

/** In an order of chance, so that looking for one that is missing does not take the same path each time. */
function shuffled<T>(values: readonly T[]): T[] {
	return values
		.map((value) => ({ value, at: Math.random() }))
		.sort((one, other) => one.at - other.at)
		.map(({ value }) => value);
}

/** A fax as it is on Telnyx now; undefined where it was deleted there. */
async function faxUnlessDeleted(context: Context, id: string): Promise<IDataObject | undefined> {
	return await getFax(context, id).catch((error: unknown) => {
		if (error instanceof TelnyxError && error.status === 404) return undefined;
		throw error;
	});
}

/**
 * Reads faxes until one is not final. Most often the first look tells, so it starts with few reads
 * at a time.
 *
 * @returns those that Telnyx still has by id, if every one of them is final, else undefined
 */
export async function readIfAllFinal(
	context: Context,
	ids: readonly string[],
): Promise<Map<string, IDataObject> | undefined> {
	const faxes = new Map<string, IDataObject>();
	let rest = shuffled(ids);
	for (let width = 1; rest.length > 0; width = Math.min(width * 2, parallelReads)) {
		const read = await Promise.all(
			rest.slice(0, width).map(async (id) => ({ id, fax: await faxUnlessDeleted(context, id) })),
		);
		for (const { id, fax } of read) {
			if (fax === undefined) continue;
			if (!isFinal(fax.status)) return undefined;
			faxes.set(id, fax);
		}
		rest = rest.slice(width);
	}
	return faxes;
}

/** Faxes whose final events have come: Telnyx may still show an older status, or have deleted them. */
export async function readEndedFaxes(
	context: Context,
	events: ReadonlyMap<string, FinalEvent>,
): Promise<Map<string, IDataObject>> {
	const ended = [...events];
	const faxes = new Map<string, IDataObject>();
	await inParallel(ended.length, parallelReads, async (index) => {
		const [id, { payload }] = ended[index];
		const fax = await faxUnlessDeleted(context, id);
		if (fax) faxes.set(id, { ...fax, status: payload.status });
		return true;
	});
	return faxes;
}

/** Reads all the faxes; one that cannot be read is left out. */
export async function readFaxes(
	context: Context,
	ids: readonly string[],
): Promise<Map<string, IDataObject>> {
	const faxes = new Map<string, IDataObject>();
	await inParallel(ids.length, parallelReads, async (index) => {
		const fax = await getFax(context, ids[index]).catch(() => undefined);
		if (fax) faxes.set(ids[index], fax);
		return true;
	});
	return faxes;
}

/**
 * The final events of faxes from Telnyx's log of webhook deliveries, which survives whatever became
 * of the deliveries here. Only they tell how long a call took; where the log cannot be read, results
 * do without it.
 *
 * @param since when the first of the faxes was sent, where that is known
 */
export async function finalEvents(
	context: Context,
	ids: readonly string[],
	since: string | undefined,
): Promise<Map<string, FinalEvent>> {
	const wanted = new Set(ids);
	const events = new Map<string, FinalEvent>();
	const deliveries = await telnyxList(
		context,
		'/webhook_deliveries',
		{ 'filter[event_type]': 'fax.delivered,fax.failed', 'filter[started_at][gte]': since },
		// Other faxes of the account are in the log too; beyond that the details are not worth the wait.
		Math.max(250, ids.length * 4),
	).catch(() => []);
	for (const delivery of deliveries) {
		const webhook = objectAt(delivery, 'webhook');
		// Telnyx's schema has the payload here, its samples the whole event.
		const inner = objectAt(webhook, 'payload');
		const payload = stringAt(inner, 'fax_id')
			? inner
			: objectAt(objectAt(inner, 'data'), 'payload');
		const id = stringAt(payload, 'fax_id');
		if (id !== undefined && wanted.has(id) && isFinal(payload.status)) {
			events.set(id, { payload, occurredAt: stringAt(webhook, 'occurred_at') });
		}
	}
	return events;
}
