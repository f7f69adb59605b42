import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { assertReachable } from '../../shared/webhook/reachability';
import { InputError } from '../../shared/errors';
import { collectionParam } from '../actions/params';
import { readFaxes } from './faxes';
import { openIds, withFaxes } from './items';
import { timeLimit } from './timeLimit';
import { isTriedAgain } from './tries';

/**
 * The URL at which this execution takes the events of its faxes while it is parked. n8n puts a token
 * into it that nobody else knows.
 *
 * @throws InputError if Telnyx cannot reach it
 */
export function resumeUrl(context: IExecuteFunctions): string {
	const url: unknown = context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
	if (typeof url !== 'string' || url === '') {
		throw new InputError(
			'n8n has no URL at which this execution could be resumed',
			'Use the operation Send, and a Telnyx Fax Trigger for the result',
		);
	}
	assertReachable(url);
	return url;
}

/**
 * Checks the time limit before anything is sent.
 *
 * @throws InputError if it is no time, or has passed
 */
export function assertTimeLimit(context: IExecuteFunctions): void {
	const now = Date.now();
	const limit = timeLimit(context, collectionParam(context, 'options', 0), now);
	if (limit.getTime() > now) return;
	throw new InputError(
		`The option "Limit Wait Time" is in the past: ${limit.toISOString()}`,
		'Enter a later date and time',
	);
}

/**
 * Parks the execution until the result of every fax is known, or the time limit is reached. A fax
 * that was faster than n8n is found by reading it once: its event came before there was anyone to
 * take it.
 *
 * @param items one per fax, as sent
 * @returns the results, if there is nothing to wait for
 */
export async function park(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	// The next try needs its input as it came.
	if (isTriedAgain(context, items)) return items;
	const faxes = await readFaxes(context, openIds(items));
	const current = await withFaxes(context, items, faxes);
	if (openIds(current).length === 0) return current;
	const now = Date.now();
	const limit = timeLimit(context, collectionParam(context, 'options', 0), now);
	// The limit may have passed while the faxes were sent.
	if (limit.getTime() <= now) return current;
	// At the time limit n8n lets the node's input pass through instead of running it again, and while
	// parked it is what the webhook sees: so the faxes have to be the input.
	context.getExecuteData().data.main[0] = current;
	await context.putExecutionToWait(limit);
	// n8n takes items for the error output out of the array that it gets.
	return [...current];
}
