import { Agent, request } from 'undici';

import { faxReceived, hostileDeliveries } from './hostileDeliveries';
import type { HostileRequest } from './hostileDeliveries';
import { startTriggerBed } from './triggerBed';
import type { TriggerBed, TriggerUnderTest } from './triggerBed';

const dispatcher = new Agent();
let bed: TriggerBed;
let trigger: TriggerUnderTest;

async function post({ headers, body }: HostileRequest): Promise<{ status: number; text: string }> {
	const answer = await request(bed.localUrl(trigger.url), {
		method: 'POST',
		dispatcher,
		headers: Object.entries(headers).flatMap(([name, values]) =>
			[values].flat().flatMap((value) => [name, value]),
		),
		body,
	});
	return { status: answer.statusCode, text: await answer.body.text() };
}

const sign = (rawBody: string, timestamp?: number) => bed.telnyx.standIn.sign(rawBody, timestamp);

async function postSigned(content: unknown) {
	const body = typeof content === 'string' ? content : JSON.stringify(content);
	return await post({ headers: { 'content-type': 'application/json', ...sign(body) }, body });
}

const healthy = () => faxReceived(bed.application.id);

beforeAll(async () => {
	bed = await startTriggerBed();
	trigger = bed.addTrigger({ parameters: { events: ['*'] } });
	await trigger.activate();
});

afterAll(async () => {
	await dispatcher.close();
	await bed.close();
});

beforeEach(() => {
	trigger.started.length = 0;
	trigger.thrown.length = 0;
});

describe('a hostile delivery starts nothing, and a healthy one right after it works', () => {
	it.each(hostileDeliveries)('$name', async (delivery) => {
		const refused = await post(delivery.request(sign, bed.application.id));
		expect(refused.status).toBeGreaterThanOrEqual(400);
		expect(refused.status).toBeLessThan(500);
		expect(refused.text.length).toBeLessThan(500);
		expect([trigger.started, trigger.thrown]).toEqual([[], []]);

		expect((await postSigned(healthy())).status).toBe(200);
		expect(trigger.started).toHaveLength(1);
		expect(trigger.thrown).toEqual([]);
	});
});

describe('what Telnyx signs but is no event of the application starts nothing, and is acknowledged', () => {
	const changed = (payload: Record<string, unknown>) => {
		const { data, meta }: Record<string, unknown> = healthy();
		return { data: { ...Object(data), payload }, meta };
	};

	it.each<[string, unknown]>([
		['an array', '[]'],
		['an array with an event', JSON.stringify([{ data: { event_type: 'fax.received', id: '1' } }])],
		['a number', '5'],
		['a text', '"fax.received"'],
		['null', 'null'],
		['true', 'true'],
		['an empty object', '{}'],
		['data that is null', '{"data":null}'],
		['a prototype key', '{"__proto__":{"data":{"event_type":"fax.received","id":"1"}}}'],
		['a constructor key', '{"constructor":{"prototype":{"isAdmin":true}}}'],
		['a call', '{"data":{"event_type":"call.initiated","id":"1","payload":{}}}'],
		['an event without an id', '{"data":{"event_type":"fax.received","payload":{}}}'],
		['deeply nested JSON', `${'[['.repeat(3000)}${']]'.repeat(3000)}`],
	])('%s', async (_what, content) => {
		expect((await postSigned(content)).status).toBe(200);
		expect([trigger.started, trigger.thrown]).toEqual([[], []]);
		expect({}).not.toHaveProperty('isAdmin');
	});

	it('an event of another application, which is warned about once', async () => {
		const warn = jest.spyOn(trigger.logger, 'warn').mockClear();
		for (let count = 0; count < 3; count++) {
			expect((await postSigned(changed({ connection_id: '999' }))).status).toBe(200);
		}
		expect(trigger.started).toEqual([]);
		expect(warn.mock.calls.map(([text]) => text)).toEqual([
			expect.stringContaining('fax application 999'),
		]);
		warn.mockRestore();
	});
});

it('a refusal is a short JSON body with the reason', async () => {
	const refused = await post({ headers: {}, body: '{}' });
	expect(refused.status).toBe(401);
	expect(JSON.parse(refused.text)).toEqual({ message: 'Unauthorized: missing signature' });
});

it('a flood of forgeries writes one warning per reason and never the body, and asks Telnyx once', async () => {
	const flooded = bed.addTrigger({ parameters: { options: { takeOver: true } } });
	await flooded.activate();
	const warn = jest.spyOn(flooded.logger, 'warn').mockClear();
	bed.telnyx.standIn.requests.length = 0;
	const later = Date.now() + 6 * 60_000;
	jest.spyOn(Date, 'now').mockReturnValue(later);
	const secret = 'the secret of a patient';
	await Promise.all(
		Array.from({ length: 100 }, async () => {
			const body = JSON.stringify({ secret });
			const headers = sign(`${body} `, Math.floor(later / 1000));
			const answer = await request(bed.localUrl(flooded.url), {
				method: 'POST',
				dispatcher,
				headers: { 'content-type': 'application/json', ...headers },
				body,
			});
			await answer.body.dump();
			expect(answer.statusCode).toBe(401);
		}),
	);
	jest.restoreAllMocks();
	expect(warn.mock.calls.map(([text]) => text)).toEqual([
		expect.stringContaining('wrong signature'),
	]);
	expect(JSON.stringify(warn.mock.calls)).not.toContain(secret);
	expect(bed.telnyx.standIn.requests.map(({ path }) => path)).toEqual(['/v2/public_key']);
});
