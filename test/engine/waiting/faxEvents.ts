import type { IDataObject } from 'n8n-workflow';

import type { DeliveryAttempt, Fax, FaxStatus, StandIn } from '../../standin';

/** How an event arrives, where it is not as Telnyx sends it. */
export interface Arrival {
	event?: IDataObject;
	url?: string;
	/** Unix seconds to sign with. */
	timestamp?: number;
	mutate?: (request: { headers: Record<string, string>; body: string }) => void;
}

function payloadOf(fax: Fax, status: FaxStatus): IDataObject {
	return {
		connection_id: fax.connectionId,
		direction: fax.direction,
		fax_id: fax.id,
		from: fax.from,
		to: fax.to,
		status,
		...(fax.clientState === undefined ? {} : { client_state: fax.clientState }),
		...(status === 'delivered' ? { page_count: 2, call_duration_secs: 25 } : {}),
		...(status === 'failed' ? { failure_reason: fax.failureReason } : {}),
	};
}

/** Delivers an event of a fax once to the webhook URL of the fax, whatever Telnyx knows of it. */
export async function deliverEvent(
	standIn: StandIn,
	fax: Fax,
	status: FaxStatus,
	arrival: Arrival = {},
): Promise<DeliveryAttempt> {
	const { event, url = fax.webhookUrl, ...how } = arrival;
	if (url === undefined) throw new Error('The fax has no webhook URL');
	const type = status === 'sending' ? 'fax.sending.started' : `fax.${status}`;
	return await standIn.deliver(
		{ event_type: type, payload: payloadOf(fax, status), ...event },
		{ url, ...how },
	);
}

/** Ends a fax at Telnyx, delivered or failed with `failureReason`, before any event tells of it. */
export function endFax(fax: Fax, failureReason?: string): void {
	fax.status = failureReason === undefined ? 'delivered' : 'failed';
	fax.failureReason = failureReason ?? null;
	fax.updatedAt = Date.now();
}
