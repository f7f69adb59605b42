import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { objectsAt, stringAt } from '../../shared/json';
import { pause } from '../../shared/pause';
import { cancelSignal, telnyxRequest } from '../../shared/transport';
import type { Attempt, Ledger } from './ledger';

/** Pauses before each look, in ms: a request that timed out may still be on its way into Telnyx. */
const pausesMs = [0, 1000, 3000, 6000];

/** Telnyx's clock, as the date of an answer shows it, has a resolution of one second. */
const clockSlackMs = 2000;

const fields = ['connection_id', 'from', 'to', 'media_name', 'media_url'] as const;

/** Equal for two attempts that look the same on Telnyx. */
export function likeness({ body }: Attempt): string {
	return JSON.stringify([body.client_state, ...fields.map((field) => body[field])]);
}

function fits(fax: IDataObject, { at, body, unique }: Attempt, skewMs: number): boolean {
	if (fax.direction === 'inbound' || stringAt(fax, 'client_state') !== body.client_state) {
		return false;
	}
	if (fields.some((field) => body[field] !== undefined && body[field] !== fax[field])) return false;
	if (unique) return true;
	return createdAt(fax) >= at + skewMs - clockSlackMs;
}

function createdAt(fax: IDataObject): number {
	return Date.parse(String(fax.created_at));
}

/**
 * Which of Telnyx's faxes is the one of `attempt`. Nothing is picked where it cannot be told: a
 * wrong claim would report a fax as sent that was not.
 *
 * @param faxes as Telnyx lists them
 * @param claimed ids that belong to other items
 * @param open all attempts whose outcome is open, this one included, oldest first
 * @param skewMs how far Telnyx's clock is ahead of this machine's
 */
export function pickSentFax(
	faxes: IDataObject[],
	attempt: Attempt,
	claimed: ReadonlySet<string>,
	open: Attempt[],
	skewMs: number,
): IDataObject | undefined {
	const rivals = open.filter((other) => likeness(other) === likeness(attempt));
	const candidates = faxes
		.filter((fax) => fits(fax, rivals[0] ?? attempt, skewMs))
		.filter((fax) => !claimed.has(stringAt(fax, 'id') ?? ''))
		.sort((one, other) => createdAt(one) - createdAt(other));
	const interchangeable = rivals.every(({ document }) => document === attempt.document);
	if (candidates.length !== rivals.length || !interchangeable) return undefined;
	return candidates[rivals.indexOf(attempt)];
}

async function look(context: IExecuteFunctions, attempt: Attempt, ledger: Ledger) {
	const answer = await telnyxRequest(context, {
		method: 'GET',
		path: '/faxes',
		query: {
			'filter[direction][eq]': 'outbound',
			'filter[from][eq]': attempt.body.from,
			'filter[to][eq]': attempt.body.to,
			// Wide enough for any clock; the exact comparison knows the difference of the clocks.
			'filter[created_at][gte]': new Date(attempt.at - 3_600_000).toISOString(),
			'page[size]': 250,
		},
	});
	const telnyxTime = Date.parse(String(answer.headers.date));
	const skewMs = Number.isNaN(telnyxTime) ? 0 : telnyxTime - Date.now();
	const faxes = objectsAt(answer.body, 'data');
	return pickSentFax(faxes, attempt, ledger.ids(), ledger.openAttempts(), skewMs);
}

/**
 * Reads Telnyx until it shows what became of a fax whose sending had no clear outcome.
 *
 * @returns the fax, or undefined where Telnyx does not show it or it cannot be told from others
 */
export async function findSentFax(
	context: IExecuteFunctions,
	attempt: Attempt,
	ledger: Ledger,
): Promise<IDataObject | undefined> {
	const signal = cancelSignal(context);
	for (const ms of pausesMs) {
		await pause(ms, signal);
		if (signal?.aborted) return undefined;
		// A look that fails leaves the outcome as unknown as it was.
		const fax = await look(context, attempt, ledger).catch(() => undefined);
		if (fax) return fax;
	}
	return undefined;
}
