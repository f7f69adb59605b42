import type { IDataObject } from 'n8n-workflow';

import { objectAt, stringAt } from '../json';

/** A delivery's event, as far as the nodes look into it. */
export interface FaxEvent {
	/** Telnyx's event id: the same for all deliveries of an event. */
	id: string;
	type: string;
	occurredAt?: string;
	payload: IDataObject;
	/** The delivery as it came, with its meta. */
	raw: IDataObject;
}

/** The fax event in a delivery; undefined where it is something else that Telnyx signs. */
export function readEvent(raw: IDataObject): FaxEvent | undefined {
	const data = objectAt(raw, 'data');
	const id = stringAt(data, 'id');
	const type = stringAt(data, 'event_type');
	if (id === undefined || type === undefined || !type.startsWith('fax.')) return undefined;
	const occurredAt = stringAt(data, 'occurred_at');
	return { id, type, occurredAt, payload: objectAt(data, 'payload'), raw };
}
