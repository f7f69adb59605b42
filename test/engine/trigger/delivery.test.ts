import { randomUUID } from 'node:crypto';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { DeliveryAttempt, FaxEvent } from '../../standin';
import { until } from '../../standin/client';
import { faxReceived } from './hostileDeliveries';
import { startTriggerBed } from './triggerBed';
import type { TriggerBed, TriggerOptions, TriggerUnderTest } from './triggerBed';

const number = '+13125790015';
const sender = '+16132484850';
let bed: TriggerBed;

beforeAll(async () => {
	bed = await startTriggerBed();
});

afterAll(async () => await bed.close());

beforeEach(() => {
	bed.reset();
	bed.telnyx.standIn.stepMs = 10;
});

afterEach(() => jest.restoreAllMocks());

async function activeTrigger(
	parameters: INodeParameters = {},
	options: TriggerOptions = {},
): Promise<TriggerUnderTest> {
	const trigger = bed.addTrigger({ parameters, ...options });
	await trigger.activate();
	return trigger;
}

async function receiveFax(): Promise<void> {
	bed.telnyx.standIn.receiveFax({ to: number, from: sender });
	await bed.telnyx.standIn.settle();
}

const fieldsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json);

/** One event of the application, of which Telnyx makes one delivery each time. */
function eventOf(payload: Record<string, unknown> = {}, type = 'fax.received'): Partial<FaxEvent> {
	const { data } = faxReceived(bed.application.id);
	return {
		event_type: type,
		id: randomUUID(),
		payload: { ...Object(data).payload, ...payload },
	};
}

async function deliver(
	event: Partial<FaxEvent>,
	{ url }: TriggerUnderTest,
): Promise<DeliveryAttempt> {
	return await bed.telnyx.standIn.deliver(event, { url });
}

describe('a received fax', () => {
	it('starts the workflow once, with the fields that matter', async () => {
		const trigger = await activeTrigger();
		await receiveFax();
		const [fax] = bed.telnyx.standIn.faxes.values();
		expect(fieldsOf(trigger.started)).toEqual([
			{
				event: 'fax.received',
				faxId: fax?.id,
				direction: 'inbound',
				from: sender,
				to: number,
				status: 'received',
				pages: 2,
				failure: null,
				clientState: null,
				occurredAt: expect.stringMatching(/Z$/),
			},
		]);
		expect(trigger.started[0]?.binary).toBeUndefined();
	});

	it('is handed on as Telnyx sent it, with its meta, where it is not to be simplified', async () => {
		const trigger = await activeTrigger({ simplify: false });
		await receiveFax();
		const [attempt] = bed.telnyx.standIn.deliveries.at(-1)?.attempts ?? [];
		expect(fieldsOf(trigger.started)).toEqual([JSON.parse(attempt?.body ?? '')]);
		expect(trigger.started[0]?.json).toMatchObject({ meta: { attempt: 1 } });
	});

	it('starts the workflow with a key that Telnyx changed meanwhile', async () => {
		const trigger = await activeTrigger();
		bed.telnyx.standIn.rotateKey();
		const later = Date.now() + 6 * 60_000;
		jest.spyOn(Date, 'now').mockReturnValue(later);
		expect((await deliver(eventOf(), trigger)).delivered).toBe(true);
		bed.telnyx.standIn.signWithPreviousKey = true;
		expect((await deliver(eventOf(), trigger)).delivered).toBe(true);
		bed.telnyx.standIn.signWithPreviousKey = false;
		expect(trigger.started).toHaveLength(2);
	});

	it('is not acknowledged while no key can be had, and starts the workflow once it can', async () => {
		const trigger = bed.addTrigger({ parameters: { options: { webhookRegistration: 'manual' } } });
		// A process that has just started knows no key yet.
		trigger.serve();
		const fault = bed.telnyx.standIn.faults.add({
			kind: 'error503',
			on: { path: /public_key/ },
		});
		const event = eventOf();
		expect((await deliver(event, trigger)).answer?.status).toBe(503);
		fault.remove();
		const later = Date.now() + 11_000;
		jest.spyOn(Date, 'now').mockReturnValue(later);
		expect((await deliver(event, trigger)).answer?.status).toBe(200);
		expect([trigger.started.length, trigger.thrown.length]).toEqual([1, 0]);
	});
});

describe('events', () => {
	const types = (trigger: TriggerUnderTest) => fieldsOf(trigger.started).map(({ event }) => event);

	it('start the workflow in the order in which they come', async () => {
		const trigger = await activeTrigger({ events: ['*'] });
		bed.telnyx.standIn.stepMs = 50;
		await receiveFax();
		expect(types(trigger)).toEqual([
			'fax.receiving.started',
			'fax.media.processing.started',
			'fax.received',
		]);
	});

	it('that nobody knows today start a workflow that wants all', async () => {
		const trigger = await activeTrigger({ events: ['*'] });
		await deliver(eventOf({}, 'fax.shredded'), trigger);
		expect(types(trigger)).toEqual(['fax.shredded']);
	});

	it('that are not wanted are acknowledged and start nothing', async () => {
		const trigger = await activeTrigger({ events: ['fax.delivered'] });
		await receiveFax();
		expect(trigger.started).toEqual([]);
		expect(bed.telnyx.standIn.deliveries.map(({ status }) => status)).toEqual([
			'delivered',
			'delivered',
			'delivered',
		]);
	});

	it.each<[string, INodeParameters, boolean]>([
		['the direction', { direction: 'inbound' }, true],
		['the other direction', { direction: 'outbound' }, false],
		['the sender as people write it', { from: '+1 (613) 248-4850' }, true],
		['another sender', { from: '+13125550001' }, false],
		['the recipient among others', { to: '+13125550001, +13125790015' }, true],
		['another recipient', { to: '+13125550001' }, false],
	])('are filtered by %s', async (_what, options, starts) => {
		const trigger = await activeTrigger({ options });
		const attempt = await deliver(eventOf({ from: sender, to: number }), trigger);
		expect(attempt.answer?.status).toBe(200);
		expect(trigger.started).toHaveLength(starts ? 1 : 0);
	});

	it('that failed tell why, and whether sending again may help', async () => {
		const trigger = await activeTrigger();
		const failed = { direction: 'outbound', status: 'failed', failure_reason: 'user_busy' };
		await deliver(eventOf(failed, 'fax.failed'), trigger);
		expect(fieldsOf(trigger.started)).toMatchObject([
			{ event: 'fax.failed', failure: { reason: 'user_busy', retryable: true } },
		]);
	});
});

describe('a repeated delivery', () => {
	it('of an acknowledged event is acknowledged and starts nothing more', async () => {
		const trigger = await activeTrigger();
		const event = eventOf();
		for (let count = 0; count < 3; count++) {
			expect((await deliver(event, trigger)).answer?.status).toBe(200);
		}
		expect(trigger.started).toHaveLength(1);
	});

	it('whose acknowledgement Telnyx never got starts nothing more', async () => {
		const trigger = await activeTrigger();
		bed.telnyx.standIn.faults.add({ kind: 'lostAck', on: { event: 'fax.received' }, times: 1 });
		await receiveFax();
		expect(bed.telnyx.standIn.deliveries.at(-1)?.attempts).toHaveLength(2);
		expect(trigger.started).toHaveLength(1);
	});

	it('at the same time as others starts the workflow once', async () => {
		const trigger = await activeTrigger();
		const event = eventOf();
		const attempts = await Promise.all(
			Array.from({ length: 20 }, async () => await deliver(event, trigger)),
		);
		expect(attempts.every(({ delivered }) => delivered)).toBe(true);
		expect(trigger.started).toHaveLength(1);
	});

	it('starts each workflow that has the event', async () => {
		const first = await activeTrigger();
		const second = await activeTrigger({ options: { takeOver: true } });
		const event = eventOf();
		await deliver(event, first);
		await deliver(event, second);
		expect([first.started.length, second.started.length]).toEqual([1, 1]);
	});

	it('of an event that was not wanted is not a repeat once it is', async () => {
		const trigger = await activeTrigger({ events: ['fax.delivered'] });
		const event = eventOf();
		await deliver(event, trigger);
		const wanting = await activeTrigger({ options: { takeOver: true } });
		await deliver(event, wanting);
		expect([trigger.started.length, wanting.started.length]).toEqual([0, 1]);
	});

	it('starts a test run anew each time, without keeping the live workflow from it', async () => {
		const trigger = await activeTrigger();
		const stop = await trigger.listen();
		const event = eventOf();
		for (const url of [trigger.testUrl, trigger.testUrl, trigger.url]) {
			await bed.telnyx.standIn.deliver(event, { url });
		}
		await stop();
		expect(trigger.started).toHaveLength(3);
	});
});

describe('acknowledged when the workflow finishes', () => {
	const whenFinished = { options: { acknowledge: 'whenWorkflowFinishes' } };

	it('an event is answered after the workflow', async () => {
		let finish: () => void = () => undefined;
		const work = async () => await new Promise<void>((resolve) => (finish = resolve));
		const trigger = await activeTrigger(whenFinished, { work });
		let answered = false;
		const delivery = deliver(eventOf(), trigger).then((attempt) => {
			answered = true;
			return attempt;
		});
		await until(() => trigger.started.length === 1);
		// The answer would come before this one, on the same server.
		await bed.telnyx.standIn.deliver(eventOf(), { url: `${trigger.url}/elsewhere` });
		expect(answered).toBe(false);
		finish();
		expect((await delivery).answer?.status).toBe(200);
	});

	it('an event whose workflow fails is repeated, and starts it again until it succeeds', async () => {
		let runs = 0;
		const work = async () => {
			if (++runs < 3) throw new Error('The CRM is down');
		};
		const trigger = await activeTrigger(whenFinished, { work });
		await receiveFax();
		const delivery = bed.telnyx.standIn.deliveries.at(-1);
		expect(delivery?.attempts.map(({ answer }) => answer?.status)).toEqual([500, 500, 200]);
		expect(trigger.started).toHaveLength(3);
	});

	it('an event that took longer than Telnyx waits is repeated once, and is no repeat then', async () => {
		let finish: () => void = () => undefined;
		let runs = 0;
		const work = async () => {
			if (++runs === 1) await new Promise<void>((resolve) => (finish = resolve));
		};
		const trigger = await activeTrigger(
			{ options: { ...whenFinished.options, webhookTimeoutSecs: 1 } },
			{ work },
		);
		await receiveFax();
		finish();
		const delivery = bed.telnyx.standIn.deliveries.at(-1);
		expect(delivery?.attempts.map(({ error }) => error)).toEqual([
			'No answer in 1000 ms',
			undefined,
		]);
		expect(trigger.started).toHaveLength(2);
	});

	it('an event is welcome after deliveries that gave up while they waited for a failing workflow', async () => {
		let fail: (error: Error) => void = () => undefined;
		let runs = 0;
		const work = async () => {
			if (++runs === 1) await new Promise<void>((_resolve, reject) => (fail = reject));
		};
		const trigger = await activeTrigger(whenFinished, { work });
		const event = eventOf();
		const first = deliver(event, trigger);
		await until(() => trigger.started.length === 1);
		const body = JSON.stringify({ data: { ...event, record_type: 'event' }, meta: { attempt: 2 } });
		const impatient = fetch(bed.localUrl(trigger.url), {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...bed.telnyx.standIn.sign(body) },
			body,
			signal: AbortSignal.timeout(300),
		});
		await expect(impatient).rejects.toThrow('timeout');
		// By the time of its answer the server has noticed that the one before has gone.
		await deliver(eventOf(), trigger);
		fail(new Error('The CRM is down'));
		expect((await first).answer?.status).toBe(500);
		const attempt = await deliver(event, trigger);
		expect(attempt.answer?.status).toBe(200);
	});
});

it('acknowledged on receipt, an event is answered although its workflow fails', async () => {
	const trigger = await activeTrigger(
		{},
		{ work: async () => await Promise.reject(new Error('The CRM is down')) },
	);
	await receiveFax();
	expect(bed.telnyx.standIn.deliveries.at(-1)?.attempts).toHaveLength(1);
	expect(trigger.started).toHaveLength(1);
});

it('an event writes nothing into the static data of the workflow', async () => {
	const trigger = await activeTrigger({ options: { webhookRegistration: 'manual' } });
	await deliver(eventOf(), trigger);
	expect(trigger.started).toHaveLength(1);
	expect(trigger.remembers()).toBe(false);
});
