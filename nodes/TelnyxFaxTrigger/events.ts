import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { explainFailure } from '../shared/failureReasons';
import { numberAt, stringAt } from '../shared/json';
import { decodeReference } from '../shared/reference';
import type { FaxEvent } from '../shared/webhook/event';

/** What the parameter Events offers: Telnyx's event names. Inbound events are in no SDK of Telnyx's. */
export const eventOptions: INodePropertyOptions[] = [
	{
		name: 'All Events',
		value: '*',
		description: 'Every fax event, also those that Telnyx adds in the future',
	},
	{
		name: 'Fax Delivered',
		value: 'fax.delivered',
		description: 'A fax that you sent has arrived',
	},
	{
		name: 'Fax Emailed',
		value: 'fax.email.delivered',
		description: 'Telnyx has mailed a received fax to the fax email recipient',
	},
	{
		name: 'Fax Failed',
		value: 'fax.failed',
		description:
			'A fax could not be sent or received. The field direction tells which, and the option Direction picks one.',
	},
	{
		name: 'Fax Processing Started',
		value: 'fax.media.processing.started',
		description: 'All pages of an incoming fax are in, and its document is being made',
	},
	{
		name: 'Fax Queued',
		value: 'fax.queued',
		description: 'Telnyx has accepted a fax for sending',
	},
	{
		name: 'Fax Received',
		value: 'fax.received',
		description: 'A fax has come in and its document is ready',
	},
	{
		name: 'Fax Receiving Started',
		value: 'fax.receiving.started',
		description: 'A fax is coming in',
	},
	{
		name: 'Fax Sending Started',
		value: 'fax.sending.started',
		description: 'The recipient has answered and pages are being sent',
	},
	{
		name: 'Media Processed',
		value: 'fax.media.processed',
		description: 'The document of a fax to send has been prepared',
	},
];

/** What the trigger wants to hear of. */
export interface Subscription {
	faxApplicationId: string;
	/** Event names, or `*`. */
	events: string[];
	direction?: string;
	/** Numbers in E.164; empty for any. */
	from: string[];
	to: string[];
}

function includes(numbers: string[], number: unknown): boolean {
	return numbers.length === 0 || (typeof number === 'string' && numbers.includes(number));
}

/** Whether the subscription asks for this event. */
export function isWanted({ type, payload }: FaxEvent, wanted: Subscription): boolean {
	return (
		(wanted.events.includes('*') || wanted.events.includes(type)) &&
		(wanted.direction === undefined || payload.direction === wanted.direction) &&
		includes(wanted.from, payload.from) &&
		includes(wanted.to, payload.to)
	);
}

/** An event in ten fields, most useful first. */
export function simplifyEvent({ type, payload, occurredAt }: FaxEvent): IDataObject {
	const reason = stringAt(payload, 'failure_reason');
	const direction = stringAt(payload, 'direction');
	return {
		event: type,
		faxId: payload.fax_id ?? null,
		direction: direction ?? null,
		from: payload.from ?? null,
		to: payload.to ?? null,
		status: payload.status ?? null,
		pages: numberAt(payload, 'page_count') ?? null,
		failure: reason ? { ...explainFailure(reason, direction) } : null,
		clientState: decodeReference(payload.client_state),
		occurredAt: occurredAt ?? null,
	};
}
