import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isFinal } from '../../shared/fax';
import { objectAt, stringAt } from '../../shared/json';
import { telnyxList } from '../../shared/pagination';
import { getFax } from '../../shared/resources';
import { inParallel } from '../actions/parallel';
import type { Knowledge } from './result';

type Context = IExecuteFunctions | IWebhookFunctions;

const parallelReads = 16;

/** In an order of chance, so that looking for one that is missing does not take the same path each time. */
function shuffled<T>(values: readonly T[]): T[] {
	return values
		.map((value) => ({ value, at: Math.random() }))
		.sort((one, other) => one.at - other.at)
		.map(({ value }) => value);
}

/**
 * Reads faxes until one is not final.
 *
 * @returns all of them by id if every one is final, else undefined
 */
export async function readIfAllFinal(
	context: Context,
	ids: readonly string[],
): Promise<Map<string, IDataObject> | undefined> {
	const faxes = new Map<string, IDataObject>();
	const order = shuffled(ids);
	await inParallel(order.length, parallelReads, async (index) => {
		const fax = await getFax(context, order[index]);
		if (!isFinal(fax.status)) return false;
		faxes.set(order[index], fax);
		return true;
	});
	return faxes.size === ids.length ? faxes : undefined;
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
 * @param since when the first of the faxes was sent
 */
export async function finalEvents(
	context: Context,
	ids: readonly string[],
	since: string,
): Promise<Map<string, Knowledge['event']>> {
	const wanted = new Set(ids);
	const events = new Map<string, Knowledge['event']>();
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
