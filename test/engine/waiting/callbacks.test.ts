import type { Fax } from '../../standin';
import { resultsOf, useWaitingFax } from './waitingFax';

const fixture = useWaitingFax();

const unixSecs = () => Math.floor(Date.now() / 1000);

async function parkedFax(): Promise<Fax> {
	expect((await fixture.run()).status).toBe('waiting');
	const [fax] = fixture.faxes();
	return fax;
}

it.each(['queued', 'media.processed', 'sending'] as const)(
	'an event of the status %s is acknowledged and resumes nothing',
	async (status) => {
		const { answer } = await fixture.deliver(await parkedFax(), status);
		expect(answer?.status).toBe(200);
		expect(fixture.isParked()).toBe(true);
	},
);

describe('a final event that Telnyx did not sign', () => {
	it.each([
		['without a signature', { 'telnyx-signature-ed25519': '' }],
		[
			'with a made-up signature',
			{ 'telnyx-signature-ed25519': Buffer.alloc(64, 1).toString('base64') },
		],
		['with a timestamp that was not signed', { 'telnyx-timestamp': String(unixSecs() + 60) }],
	])('%s is refused and resumes nothing', async (_what, headers) => {
		const fax = await parkedFax();
		fax.status = 'delivered';
		const { answer } = await fixture.deliver(fax, 'delivered', {
			mutate: (request) => Object.assign(request.headers, headers),
		});
		expect(answer?.status).toBe(401);
		expect(fixture.isParked()).toBe(true);
	});

	it('but whose body was changed is refused and resumes nothing', async () => {
		const fax = await parkedFax();
		fax.status = 'delivered';
		const { answer } = await fixture.deliver(fax, 'delivered', {
			mutate: (request) => {
				request.body = request.body.replace('"page_count":2', '"page_count":9');
			},
		});
		expect(answer?.status).toBe(401);
		expect(fixture.isParked()).toBe(true);
	});

	it.each([-301, 301])('now, but %i seconds away, is refused', async (secs) => {
		const fax = await parkedFax();
		fax.status = 'delivered';
		const { answer } = await fixture.deliver(fax, 'delivered', { timestamp: unixSecs() + secs });
		expect(answer?.status).toBe(401);
		expect(fixture.isParked()).toBe(true);
	});

	it('does not keep the real one from resuming', async () => {
		const fax = await parkedFax();
		await fixture.deliver(fax, 'delivered', { mutate: ({ headers }) => (headers.host = 'x') });
		await fixture.deliver(fax, 'failed', {
			mutate: (request) => Object.assign(request.headers, { 'telnyx-timestamp': '1' }),
		});
		await fixture.finish(fax);
		expect(resultsOf(await fixture.outcome())).toMatchObject([{ status: 'delivered' }]);
	});
});

it('an event of a fax that is not of this execution resumes nothing', async () => {
	const { webhookUrl } = await parkedFax();
	const foreign = fixture.standIn.addFax({ status: 'delivered' });
	const { answer } = await fixture.deliver(foreign, 'delivered', { url: webhookUrl });
	expect(answer?.status).toBe(200);
	expect(fixture.isParked()).toBe(true);
});

it('a call without the token of the execution does not get to the node', async () => {
	const fax = await parkedFax();
	const [url = ''] = fax.webhookUrl?.split('?') ?? [];
	const { answer } = await fixture.deliver(fax, 'delivered', { url });
	expect(answer?.status).toBe(401);
	expect(fixture.isParked()).toBe(true);
});

it.each([
	['that is no fax event', { event_type: 'message.sent' }],
	['without a payload', { payload: {} }],
])('a signed event %s resumes nothing', async (_what, event) => {
	const { answer } = await fixture.deliver(await parkedFax(), 'delivered', { event });
	expect(answer?.status).toBe(200);
	expect(fixture.isParked()).toBe(true);
});

it('a final event that comes again while others are open resumes nothing', async () => {
	await fixture.run({}, { items: [{ json: {} }, { json: {} }] });
	const [one, other] = fixture.faxes();
	await fixture.finish(one);
	expect((await fixture.deliver(one, 'delivered')).answer?.status).toBe(200);
	expect(fixture.isParked()).toBe(true);
	await fixture.finish(other);
	expect(resultsOf(await fixture.outcome())).toHaveLength(2);
});

it('an event that Telnyx cannot be asked about is answered 503, and resumes when it comes again', async () => {
	await fixture.run({}, { items: [{ json: {} }, { json: {} }] });
	const [one, other] = fixture.faxes();
	await fixture.finish(one);
	const fault = fixture.standIn.faults.add({ kind: 'forbidden', on: { path: /^\/v2\/faxes\// } });
	expect((await fixture.finish(other)).answer?.status).toBe(503);
	expect(fixture.isParked()).toBe(true);

	fault.remove();
	expect((await fixture.deliver(other, 'delivered')).answer?.status).toBe(200);
	expect(resultsOf(await fixture.outcome())).toMatchObject([
		{ status: 'delivered' },
		{ status: 'delivered' },
	]);
});

it('a signed final event is believed where the fax itself still says something else', async () => {
	const fax = await parkedFax();
	fax.status = 'sending';
	await fixture.deliver(fax, 'delivered');

	expect(resultsOf(await fixture.outcome())).toMatchObject([
		{ id: fax.id, status: 'delivered', final: true, pages: 2, createdAt: expect.any(String) },
	]);
});

it('a fax that was deleted at Telnyx after its end has the result of its event', async () => {
	const fax = await parkedFax();
	fixture.standIn.faxes.delete(fax.id);
	await fixture.deliver(fax, 'delivered');

	expect(resultsOf(await fixture.outcome())).toMatchObject([
		{ id: fax.id, status: 'delivered', final: true, pages: 2, createdAt: expect.any(String) },
	]);
});

it('a fax that was deleted at Telnyx keeps no other from its result', async () => {
	await fixture.run({}, { items: [{ json: {} }, { json: {} }, { json: {} }] });
	const [finished, deleted, last] = fixture.faxes();
	await fixture.finish(finished);
	fixture.standIn.faxes.delete(finished.id);
	fixture.standIn.faxes.delete(deleted.id);
	await fixture.finish(last);

	const results = resultsOf(await fixture.outcome());
	expect(new Map(results.map(({ id, status }) => [id, status]))).toEqual(
		new Map([
			[finished.id, 'delivered'],
			[deleted.id, 'queued'],
			[last.id, 'delivered'],
		]),
	);
});

it('a fax that was canceled while it was awaited ends as Telnyx says', async () => {
	const fax = await parkedFax();
	await fixture.finish(fax, 'sender_canceled');
	const run = await fixture.outcome();
	expect(run.status).toBe('success');
	expect(resultsOf(run)).toMatchObject([
		{ status: 'failed', failure: { reason: 'sender_canceled' } },
	]);
});
