import { createPublicKey, verify } from 'node:crypto';
import { createClient, type Client } from './client';
import { pdfDocument, startStandIn, type FaxApplication, type StandIn } from './index';
import { startReceiver, type ReceivedEvent, type Receiver } from './receiver';

const DOCUMENT = 'https://docs.example.com/letter.pdf';
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function isSignedBy(publicKey: string, event: Pick<ReceivedEvent, 'headers' | 'body'>): boolean {
	const key = createPublicKey({
		key: Buffer.concat([ED25519_SPKI, Buffer.from(publicKey, 'base64')]),
		format: 'der',
		type: 'spki',
	});
	const signed = Buffer.from(`${String(event.headers['telnyx-timestamp'])}|${event.body}`);
	const signature = String(event.headers['telnyx-signature-ed25519']);
	return verify(null, signed, key, Buffer.from(signature, 'base64'));
}

describe("the stand-in's webhooks", () => {
	let standIn: StandIn;
	let client: Client;
	let receiver: Receiver;
	let application: FaxApplication;

	async function send(fields: Record<string, unknown> = {}): Promise<void> {
		const answer = await client.call('POST', '/faxes', {
			connection_id: application.id,
			from: '+13125790015',
			to: '+15107882622',
			media_url: DOCUMENT,
			...fields,
		});
		expect(answer.status).toBe(202);
		await standIn.settle();
	}

	const types = () => receiver.received.map((event) => event.type);
	const of = (type: string) => receiver.received.filter((event) => event.type === type);

	beforeAll(async () => {
		standIn = await startStandIn();
		client = createClient(standIn);
		receiver = await startReceiver();
		standIn.hosts.set('hooks.example.com', receiver.origin);
	});

	afterAll(async () => {
		await client.close();
		await receiver.close();
		await standIn.close();
	});

	beforeEach(async () => {
		standIn.reset();
		standIn.stepMs = 10;
		standIn.webhookTimeoutMs = undefined;
		standIn.serve(DOCUMENT, await pdfDocument());
		[application] = standIn.applications.values();
		application.webhook_event_url = 'https://hooks.example.com/app';
		receiver.received.length = 0;
		receiver.reply = () => ({});
	});

	it('tells an inbound fax in three events with the documented fields', async () => {
		standIn.stepMs = 100;
		const fax = standIn.receiveFax({
			to: '+13125790015',
			from: '+16132484850',
			callerId: '+16132484872',
		});
		await standIn.settle();
		expect(types()).toEqual([
			'fax.receiving.started',
			'fax.media.processing.started',
			'fax.received',
		]);
		const [event] = of('fax.received');
		expect(event.payload).toEqual({
			call_duration_secs: expect.any(Number),
			caller_id: '+16132484872',
			connection_id: application.id,
			direction: 'inbound',
			fax_id: fax.id,
			from: '+16132484850',
			media_url: fax.mediaUrl,
			page_count: 2,
			partial_content: false,
			status: 'received',
			to: '+13125790015',
			user_id: expect.any(String),
		});
		expect(event.body).toMatch(/"occurred_at":"[\d-]+T[\d:]+\.\d{6}Z"/);
		expect(event.deliveredTo).toBe('https://hooks.example.com/app');
		expect(event.attempt).toBe(1);
	});

	it('prefers the URL of the fax to that of the application', async () => {
		await send({ webhook_url: 'https://hooks.example.com/fax?token=1' });
		expect(new Set(receiver.received.map((event) => event.path))).toEqual(
			new Set(['/fax?token=1']),
		);
		expect(receiver.received[0].headers.host).toBe('hooks.example.com');
	});

	it('tries three times, counting attempts, and takes only 2xx for an answer', async () => {
		receiver.reply = ({ type, attempt }) => {
			if (type !== 'fax.delivered') return { status: 204 };
			return attempt === 1
				? { status: 307, headers: { location: '/elsewhere' } }
				: { status: attempt === 2 ? 500 : 202 };
		};
		await send();
		expect(of('fax.delivered').map((event) => event.attempt)).toEqual([1, 2, 3]);
		expect(new Set(of('fax.delivered').map((event) => event.path))).toEqual(new Set(['/app']));
		const delivery = standIn.deliveries.find((one) => one.event.event_type === 'fax.delivered');
		expect(delivery?.status).toBe('delivered');
		expect(delivery?.attempts.map((attempt) => attempt.answer?.status)).toEqual([307, 500, 202]);
	});

	it('gives up after three attempts', async () => {
		receiver.reply = () => ({ status: 503 });
		await send();
		expect(of('fax.queued')).toHaveLength(3);
		expect(standIn.deliveries.every((delivery) => delivery.status === 'failed')).toBe(true);
	});

	it('turns to the failover URL after two failures', async () => {
		application.webhook_event_failover_url = 'https://hooks.example.com/failover';
		receiver.reply = ({ path }) => ({ status: path === '/app' ? 500 : 200 });
		await send();
		expect(of('fax.queued').map((event) => [event.path, event.attempt])).toEqual([
			['/app', 1],
			['/app', 2],
			['/failover', 3],
		]);
		expect(of('fax.queued')[2].deliveredTo).toBe('https://hooks.example.com/failover');
	});

	it("counts an answer after the application's time limit as a failure", async () => {
		application.webhook_timeout_secs = 1;
		receiver.reply = ({ type, attempt }) => ({
			afterMs: type === 'fax.delivered' && attempt === 1 ? 1500 : 0,
		});
		await send();
		expect(of('fax.delivered').map((event) => event.attempt)).toEqual([1, 2]);
		const delivery = standIn.deliveries.find((one) => one.event.event_type === 'fax.delivered');
		expect(delivery?.attempts[0].error).toBe('No answer in 1000 ms');
	});

	it('signs with the old or the new key after a rotation', async () => {
		const old = standIn.publicKey;
		standIn.rotateKey();
		standIn.signWithPreviousKey = true;
		await send();
		standIn.signWithPreviousKey = false;
		expect(receiver.received.every((event) => isSignedBy(old, event))).toBe(true);
		receiver.received.length = 0;
		await send();
		expect(receiver.received.every((event) => isSignedBy(standIn.publicKey, event))).toBe(true);
	});

	it('delivers one event by hand, forged if wanted', async () => {
		const url = `${receiver.origin}/hand`;
		await standIn.deliver({ event_type: 'fax.odd', payload: { fax_id: '1' } }, { url });
		const attempt = await standIn.deliver(
			{ event_type: 'fax.forged' },
			{
				url,
				timestamp: 1_000_000,
				mutate: (request) => {
					request.body = request.body.replace('forged', 'f0rged');
				},
			},
		);
		expect(attempt.answer?.status).toBe(200);
		expect(types()).toEqual(['fax.odd', 'fax.f0rged']);
		expect(isSignedBy(standIn.publicKey, receiver.received[0])).toBe(true);
		expect(isSignedBy(standIn.publicKey, receiver.received[1])).toBe(false);
		expect(receiver.received[1].headers['telnyx-timestamp']).toBe('1000000');
	});

	it('duplicates an event under the same id', async () => {
		standIn.faults.add({ kind: 'duplicate', on: { event: 'fax.delivered' } });
		await send();
		const [first, second] = of('fax.delivered');
		expect(second.body).toBe(first.body);
	});

	it('swaps the order of events', async () => {
		standIn.faults.add({ kind: 'reorder', on: { event: 'fax.sending.started' } });
		await send();
		const order = types();
		expect(order.indexOf('fax.delivered')).toBeLessThan(order.indexOf('fax.sending.started'));
	});

	it('still delivers a last event that no other follows', async () => {
		standIn.faults.add({ kind: 'reorder', on: { event: 'fax.delivered' } });
		await send();
		expect(of('fax.delivered')).toHaveLength(1);
	});

	it('delays an event', async () => {
		standIn.faults.add({ kind: 'delay', on: { event: 'fax.queued' }, ms: 500 });
		await send();
		expect(types().at(-1)).toBe('fax.queued');
	});

	it('sends one bad signature and then a good one', async () => {
		standIn.faults.add({ kind: 'badSignature', on: { event: 'fax.delivered' }, times: 1 });
		receiver.reply = (event) => ({ status: isSignedBy(standIn.publicKey, event) ? 200 : 401 });
		await send();
		expect(of('fax.delivered').map((event) => isSignedBy(standIn.publicKey, event))).toEqual([
			false,
			true,
		]);
	});

	it('repeats an event whose answer got lost', async () => {
		standIn.faults.add({ kind: 'lostAck', on: { event: 'fax.delivered' }, times: 1 });
		await send();
		expect(of('fax.delivered').map((event) => event.attempt)).toEqual([1, 2]);
	});

	it('delivers events before the answer to the request that caused them', async () => {
		standIn.faults.add({ kind: 'early', on: { event: 'fax.delivered' } });
		const answer = await client.call('POST', '/faxes', {
			connection_id: application.id,
			from: '+13125790015',
			to: '+15107882622',
			media_url: DOCUMENT,
		});
		expect(types()).toContain('fax.delivered');
		expect(answer.json).toMatchObject({ data: { status: 'queued' } });
	});

	it('does not reach hosts nobody put up', async () => {
		application.webhook_event_url = 'http://localhost:5678/webhook';
		await send();
		expect(receiver.received).toEqual([]);
		expect(standIn.deliveries[0].attempts[0].error).toBe('The host can not be reached');
	});
});
