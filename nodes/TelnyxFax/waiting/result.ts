import type { IDataObject } from 'n8n-workflow';

import { isFinal, simplifyFax } from '../../shared/fax';
import { isObject, numberAt, stringAt } from '../../shared/json';

/** The final event of a fax. */
export interface FinalEvent {
	payload: IDataObject;
	occurredAt?: string;
}

/** What is known of a fax: Telnyx's fax, and its final event where there is one. */
export interface Knowledge {
	fax: IDataObject;
	/** Only an event tells pages and duration for sure; they are in no schema of the fax. */
	event?: FinalEvent;
}

/**
 * The result of a fax as a workflow goes on with it: final only when Telnyx says so, in the fax or
 * in a signed event.
 */
export function faxResult({ fax, event }: Knowledge): IDataObject {
	const payload = event?.payload ?? {};
	const status = isFinal(payload.status) ? payload.status : fax.status;
	const final = isFinal(status);
	const { failure, ...known } = simplifyFax({
		...fax,
		status,
		failure_reason: stringAt(payload, 'failure_reason') ?? fax.failure_reason,
		page_count: numberAt(payload, 'page_count') ?? fax.page_count,
	});
	const shown = status === 'failed' ? failure : null;
	return {
		...known,
		callSeconds: numberAt(payload, 'call_duration_secs') ?? null,
		failure: shown,
		retryable: isObject(shown) && shown.retryable === true,
		finishedAt: final ? (event?.occurredAt ?? stringAt(fax, 'updated_at') ?? null) : null,
	};
}
