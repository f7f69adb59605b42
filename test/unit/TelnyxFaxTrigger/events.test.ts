import type { IDataObject } from 'n8n-workflow';

import { readEvent } from '../../../nodes/shared/webhook/event';
import type { FaxEvent } from '../../../nodes/shared/webhook/event';
import { eventOptions, isWanted, simplifyEvent } from '../../../nodes/TelnyxFaxTrigger/events';
import type { Subscription } from '../../../nodes/TelnyxFaxTrigger/events';

const payload = {
	connection_id: '28',
	direction: 'inbound',
	fax_id: 'f72eebbe-f9b6-4f0f-b652-03e742e110d5',
	from: '+16132484850',
	to: '+17733372863',
	status: 'received',
	page_count: 2,
};

const rawEvent = (data: IDataObject = {}): IDataObject => ({
	data: {
		event_type: 'fax.received',
		id: '4844b70c-3c6c-4c3a-ba2e-e4c785f02d24',
		occurred_at: '2020-08-27T16:33:36.843054Z',
		payload,
		record_type: 'event',
		...data,
	},
	meta: { attempt: 1, delivered_to: 'https://n8n.example.com/webhook/1/webhook' },
});

function eventOf(data: IDataObject = {}): FaxEvent {
	const event = readEvent(rawEvent(data));
	if (event === undefined) throw new Error('It is no fax event');
	return event;
}

describe('reading a delivery', () => {
	it('finds id, type, time and payload, and keeps it as it came', () => {
		expect(eventOf()).toEqual({
			id: '4844b70c-3c6c-4c3a-ba2e-e4c785f02d24',
			type: 'fax.received',
			occurredAt: '2020-08-27T16:33:36.843054Z',
			payload,
			raw: rawEvent(),
		});
	});

	it('takes a fax event that nobody knows today', () => {
		expect(eventOf({ event_type: 'fax.shredded' }).type).toBe('fax.shredded');
	});

	it.each<[string, IDataObject]>([
		['nothing', {}],
		['no data', { meta: {} }],
		['data that is a list', { data: [rawEvent().data] }],
		['the inner object alone', { event_type: 'fax.received', id: '1' }],
		['no id', rawEvent({ id: undefined })],
		['an id that is no text', rawEvent({ id: 5 })],
		['no type', rawEvent({ event_type: undefined })],
		['a call', rawEvent({ event_type: 'call.initiated' })],
		['a message', rawEvent({ event_type: 'message.received' })],
		['a type that only begins alike', rawEvent({ event_type: 'faxes.received' })],
		['a type that is no text', rawEvent({ event_type: ['fax.received'] })],
	])('is no fax event: %s', (_what, raw) => {
		expect(readEvent(raw)).toBeUndefined();
	});

	it.each([null, 'text', ['list'], 5])('takes %j as payload for none', (strange) => {
		expect(eventOf({ payload: strange }).payload).toEqual({});
	});
});

describe('a subscription', () => {
	const all: Subscription = { faxApplicationId: '28', events: ['*'], from: [], to: [] };

	it.each<[string, Partial<Subscription>, boolean]>([
		['all events', {}, true],
		['its event', { events: ['fax.received'] }, true],
		['several events', { events: ['fax.failed', 'fax.received'] }, true],
		['another event', { events: ['fax.delivered'] }, false],
		['no event', { events: [] }, false],
		['the beginning of its name', { events: ['fax.receive'] }, false],
		['its direction', { direction: 'inbound' }, true],
		['the other direction', { direction: 'outbound' }, false],
		['its sender', { from: ['+13125550001', '+16132484850'] }, true],
		['another sender', { from: ['+13125550001'] }, false],
		['its recipient', { to: ['+17733372863'] }, true],
		['another recipient', { to: ['+16132484850'] }, false],
		['all of it', { direction: 'inbound', from: ['+16132484850'], to: ['+17733372863'] }, true],
		['all of it but one', { direction: 'inbound', from: ['+16132484850'], to: ['+1'] }, false],
	])('to %s wants the event: %s %s', (_what, wanted, expected) => {
		expect(isWanted(eventOf(), { ...all, ...wanted })).toBe(expected);
	});

	it('tells the failure of a received fax from that of a sent one', () => {
		const failed = (direction: string) =>
			eventOf({ event_type: 'fax.failed', payload: { ...payload, direction } });
		const wanted = { ...all, events: ['fax.failed'], direction: 'outbound' };
		expect([isWanted(failed('inbound'), wanted), isWanted(failed('outbound'), wanted)]).toEqual([
			false,
			true,
		]);
	});

	it('to all events wants one that nobody knows today', () => {
		expect(isWanted(eventOf({ event_type: 'fax.shredded' }), all)).toBe(true);
	});

	it('to a sender does not want an event without one', () => {
		const event = eventOf({ payload: { ...payload, from: undefined } });
		expect(isWanted(event, { ...all, from: ['+16132484850'] })).toBe(false);
	});
});

describe('the simplified event', () => {
	it('has ten fields, most useful first', () => {
		const simplified = simplifyEvent(eventOf());
		expect(simplified).toEqual({
			event: 'fax.received',
			faxId: payload.fax_id,
			direction: 'inbound',
			from: '+16132484850',
			to: '+17733372863',
			status: 'received',
			pages: 2,
			failure: null,
			clientState: null,
			occurredAt: '2020-08-27T16:33:36.843054Z',
		});
		expect(Object.keys(simplified)).toEqual([
			'event',
			'faxId',
			'direction',
			'from',
			'to',
			'status',
			'pages',
			'failure',
			'clientState',
			'occurredAt',
		]);
	});

	it('explains a failure in plain words and says whether sending again may help', () => {
		const event = eventOf({
			event_type: 'fax.failed',
			payload: { ...payload, direction: 'outbound', failure_reason: 'user_busy' },
		});
		expect(simplifyEvent(event).failure).toMatchObject({
			reason: 'user_busy',
			meaning: expect.stringMatching(/busy/i),
			nextStep: expect.any(String),
			retryable: true,
		});
	});

	it('does not call the failure of a received fax retryable', () => {
		const event = eventOf({
			event_type: 'fax.failed',
			payload: { ...payload, failure_reason: 'fax_signaling_error' },
		});
		expect(simplifyEvent(event).failure).toMatchObject({ retryable: false });
	});

	it('passes an unknown reason on', () => {
		const event = eventOf({ payload: { ...payload, failure_reason: 'line_on_fire' } });
		expect(simplifyEvent(event).failure).toMatchObject({
			reason: 'line_on_fire',
			retryable: false,
		});
	});

	it.each([
		['text', 'case 4711', 'case 4711'],
		['JSON', '{"case":4711}', { case: 4711 }],
	])('decodes a reference that was %s', (_what, reference, decoded) => {
		const client_state = Buffer.from(reference).toString('base64');
		expect(simplifyEvent(eventOf({ payload: { ...payload, client_state } })).clientState).toEqual(
			decoded,
		);
	});

	it('has all its fields where Telnyx sends none', () => {
		const event = eventOf({ payload: {}, occurred_at: undefined });
		const { event: type, ...rest } = simplifyEvent(event);
		expect(type).toBe('fax.received');
		expect(new Set(Object.values(rest))).toEqual(new Set([null]));
		expect(Object.keys(rest)).toHaveLength(9);
	});
});

describe('the events on offer', () => {
	it("are all of Telnyx's and one for everything", () => {
		expect(new Set(eventOptions.map(({ value }) => value))).toEqual(
			new Set([
				'*',
				'fax.queued',
				'fax.media.processed',
				'fax.sending.started',
				'fax.delivered',
				'fax.failed',
				'fax.receiving.started',
				'fax.media.processing.started',
				'fax.received',
				'fax.email.delivered',
			]),
		);
	});

	it('each have a description', () => {
		expect(eventOptions.filter(({ description }) => !description)).toEqual([]);
	});
});
