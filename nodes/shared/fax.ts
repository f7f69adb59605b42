import type { IDataObject } from 'n8n-workflow';

import { explainFailure } from './failureReasons';
import { numberAt, stringAt } from './json';
import { decodeReference } from './reference';

const finalStatuses = new Set(['delivered', 'failed', 'received']);

/** Whether a fax of this status will not change any more. */
export function isFinal(status: unknown): boolean {
	return typeof status === 'string' && finalStatuses.has(status);
}

/** A fax as Telnyx answers it, in the ten fields that a workflow needs, most useful first. */
export function simplifyFax(fax: IDataObject): IDataObject {
	const reason = stringAt(fax, 'failure_reason');
	const direction = stringAt(fax, 'direction') ?? null;
	return {
		id: fax.id,
		status: fax.status,
		final: isFinal(fax.status),
		direction,
		from: fax.from,
		to: fax.to,
		pages: numberAt(fax, 'page_count') ?? null,
		failure: reason ? { ...explainFailure(reason, direction ?? undefined) } : null,
		clientState: decodeReference(fax.client_state),
		createdAt: fax.created_at,
	};
}
