import Telnyx from 'telnyx';
import { createClient, type Client } from './client';
import {
	magicNumbers,
	pdfDocument,
	startStandIn,
	type FaxApplication,
	type StandIn,
} from './index';
import { startReceiver, type Receiver } from './receiver';

const DOCUMENT = 'https://docs.example.com/letter.pdf';

describe("Telnyx's own SDK on the stand-in", () => {
	let standIn: StandIn;
	let client: Client;
	let receiver: Receiver;
	let telnyx: Telnyx;
	let application: FaxApplication;

	function sdk(apiKey: string): Telnyx {
		return new Telnyx({
			apiKey,
			publicKey: standIn.publicKey,
			maxRetries: 0,
			fetch: client.globalFetch,
		});
	}

	async function send(to = '+15107882622') {
		const { data } = await telnyx.faxes.create({
			connection_id: application.id,
			from: '+13125790015',
			to,
			media_url: DOCUMENT,
			client_state: 'aGF2ZSBhIG5pY2UgZGF5ID1d',
		});
		return data?.id ?? '';
	}

	beforeAll(async () => {
		standIn = await startStandIn({ stepMs: 5 });
		client = createClient(standIn);
		receiver = await startReceiver();
	});

	afterAll(async () => {
		await client.close();
		await receiver.close();
		await standIn.close();
	});

	beforeEach(async () => {
		standIn.reset();
		standIn.stepMs = 5;
		standIn.afterCancel = 'failed';
		receiver.received.length = 0;
		standIn.hosts.set('hooks.example.com', receiver.origin);
		[application] = standIn.applications.values();
		application.webhook_event_url = 'https://hooks.example.com/fax';
		standIn.serve(DOCUMENT, await pdfDocument());
		telnyx = sdk(standIn.apiKey);
	});

	it('sends a fax that is accepted as queued and ends delivered', async () => {
		const { data: accepted } = await telnyx.faxes.create({
			connection_id: application.id,
			from: '+13125790015',
			to: '+15107882622',
			media_url: DOCUMENT,
			quality: 'very_high',
			store_media: true,
			store_preview: true,
		});
		expect(accepted).toMatchObject({
			record_type: 'fax',
			status: 'queued',
			direction: 'outbound',
			from: '+13125790015',
			to: '+15107882622',
			media_url: DOCUMENT,
			quality: 'very_high',
			failure_reason: null,
		});
		await standIn.settle();
		const { data: fax } = await telnyx.faxes.retrieve(accepted?.id ?? '');
		expect(fax?.status).toBe('delivered');
		expect(fax?.stored_media_url).toMatch(/^https:\/\/s3\.amazonaws\.com\/faxes-prod\/.+\.pdf\?/);
		expect(fax?.preview_url).toMatch(/_preview\.tiff\?/);
	});

	it('lists faxes over several pages, newest first, and filters them', async () => {
		for (let index = 0; index < 45; index++) {
			standIn.addFax({ to: `+1510788${2000 + index}`, createdAt: Date.UTC(2026, 0, 1, 0, index) });
		}
		const all: Array<string | undefined> = [];
		for await (const fax of telnyx.faxes.list({ 'page[size]': 20 })) all.push(fax.to);
		expect(all).toHaveLength(45);
		expect(all[0]).toBe('+15107882044');
		expect(standIn.requests.map((request) => request.query.page)).toEqual([
			{ size: '20' },
			{ size: '20', number: '2' },
			{ size: '20', number: '3' },
		]);

		const one = await telnyx.faxes.list({
			filter: {
				to: { eq: '+15107882010' },
				direction: { eq: 'outbound' },
				created_at: { gte: '2026-01-01T00:10:00Z', lt: '2026-01-01T00:11:00Z' },
			},
		});
		expect(one.data.map((fax) => fax.to)).toEqual(['+15107882010']);
		expect((await telnyx.faxes.list({ filter: { direction: { eq: 'inbound' } } })).data).toEqual(
			[],
		);
	});

	it('cancels a fax in progress, which then fails, and refuses to cancel it again', async () => {
		standIn.stepMs = 200;
		const id = await send();
		const { data } = await telnyx.faxes.actions.cancel(id);
		expect(data?.result).toBe('ok');
		await standIn.settle();
		const { data: fax } = await telnyx.faxes.retrieve(id);
		expect(fax).toMatchObject({ status: 'failed', failure_reason: 'sender_canceled' });
		await expect(telnyx.faxes.actions.cancel(id)).rejects.toThrow(Telnyx.UnprocessableEntityError);
	});

	it('delivers in spite of a cancel when told so', async () => {
		standIn.stepMs = 200;
		standIn.afterCancel = 'ignored';
		const id = await send();
		await telnyx.faxes.actions.cancel(id);
		await standIn.settle();
		expect((await telnyx.faxes.retrieve(id)).data?.status).toBe('delivered');
	});

	it('deletes a fax once', async () => {
		const id = await send();
		await standIn.settle();
		await telnyx.faxes.delete(id);
		await expect(telnyx.faxes.retrieve(id)).rejects.toThrow(Telnyx.NotFoundError);
		await expect(telnyx.faxes.delete(id)).rejects.toThrow(Telnyx.NotFoundError);
	});

	it('refreshes the link of a received fax and refuses to for a sent one', async () => {
		const received = standIn.receiveFax({ to: '+13125790015', from: '+16617480240' });
		const sent = await send();
		await standIn.settle();
		const before = (await telnyx.faxes.retrieve(received.id)).data?.media_url;
		const { data } = await telnyx.faxes.actions.refresh(received.id);
		expect(data?.result).toBe('ok');
		const after = (await telnyx.faxes.retrieve(received.id)).data?.media_url;
		expect(after).toMatch(/^https:\/\/s3\.amazonaws\.com\//);
		expect(after).not.toBe(before);
		await expect(telnyx.faxes.actions.refresh(sent)).rejects.toThrow(
			Telnyx.UnprocessableEntityError,
		);
	});

	it('creates, reads, changes and deletes a fax application', async () => {
		const [profile] = standIn.voiceProfiles.values();
		const { data: created } = await telnyx.faxApplications.create({
			application_name: 'fax-router',
			webhook_event_url: 'https://example.com/a',
			tags: ['one'],
			outbound: { channel_limit: 5, outbound_voice_profile_id: profile.id },
		});
		expect(created?.id).toMatch(/^\d{19}$/);
		expect(created).toMatchObject({
			record_type: 'fax_application',
			active: true,
			anchorsite_override: 'Latency',
			webhook_event_failover_url: '',
			webhook_timeout_secs: null,
			inbound: { sip_subdomain_receive_settings: 'from_anyone' },
			outbound: { channel_limit: 5 },
		});
		const id = created?.id ?? '';
		expect((await telnyx.faxApplications.retrieve(id)).data).toEqual(created);
		const { data: updated } = await telnyx.faxApplications.update(id, {
			application_name: 'renamed',
			webhook_event_url: 'https://example.com/b',
			webhook_timeout_secs: 10,
			fax_email_recipient: 'desk@example.com',
		});
		expect(updated).toMatchObject({
			application_name: 'renamed',
			webhook_event_url: 'https://example.com/b',
			webhook_timeout_secs: 10,
			tags: ['one'],
			outbound: { channel_limit: 5, outbound_voice_profile_id: profile.id },
		});
		expect((await telnyx.faxApplications.delete(id)).data).toMatchObject({ id });
		await expect(telnyx.faxApplications.retrieve(id)).rejects.toThrow(Telnyx.NotFoundError);
	});

	it('lists fax applications over several pages, filtered and sorted', async () => {
		for (let index = 10; index < 55; index++) {
			standIn.addApplication({ application_name: `Branch ${index}` });
		}
		const names: Array<string | undefined> = [];
		for await (const one of telnyx.faxApplications.list({
			filter: { application_name: { contains: 'branch' } },
			sort: 'application_name',
		})) {
			names.push(one.application_name);
		}
		expect(names).toHaveLength(45);
		expect(names[0]).toBe('Branch 10');
		await expect(
			telnyx.faxApplications.list({ filter: { application_name: { contains: 'br' } } }),
		).rejects.toThrow(Telnyx.BadRequestError);
	});

	it('assigns a number to an application and finds it there', async () => {
		const [, , free] = standIn.phoneNumbers.values();
		await telnyx.phoneNumbers.update(free.id, { connection_id: application.id });
		const listed = await telnyx.phoneNumbers.list({ filter: { connection_id: application.id } });
		expect(listed.data.map((number) => number.phone_number)).toContain(free.phone_number);
		expect(listed.data[0]?.connection_name).toBe(application.application_name);
	});

	it('stores, reads and removes a medium', async () => {
		const { data } = await telnyx.media.upload({ media_url: DOCUMENT, media_name: 'letter' });
		expect(data).toMatchObject({ media_name: 'letter', content_type: 'application/pdf' });
		expect((await telnyx.media.retrieve('letter')).data).toEqual(data);
		expect((await telnyx.media.list()).data).toEqual([data]);
		const download = await telnyx.media.download('letter');
		expect(Buffer.from(await download.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-');
		await telnyx.media.delete('letter');
		await expect(telnyx.media.retrieve('letter')).rejects.toThrow(Telnyx.NotFoundError);
	});

	it('shows webhook deliveries with their attempts', async () => {
		await send(magicNumbers.user_busy);
		await standIn.settle();
		const listed = await telnyx.webhookDeliveries.list({
			filter: { event_type: 'fax.failed', status: { eq: 'delivered' } },
		});
		expect(listed.data).toHaveLength(1);
		const { data } = await telnyx.webhookDeliveries.retrieve(listed.data[0]?.id ?? '');
		expect(data?.attempts?.[0]?.http?.request?.url).toBe('https://hooks.example.com/fax');
		expect(data?.attempts?.[0]?.http?.response?.status).toBe(200);
	});

	it("raises the SDK's typed errors", async () => {
		await expect(sdk('KEYwrong').faxes.list()).rejects.toThrow(Telnyx.AuthenticationError);
		await expect(sdk(standIn.restrictedApiKey).faxes.list()).rejects.toThrow(
			Telnyx.PermissionDeniedError,
		);
		await expect(telnyx.faxes.retrieve('0ccc7b54-4df3-4bca-a65a-3da1ecc777f0')).rejects.toThrow(
			Telnyx.NotFoundError,
		);
		await expect(
			telnyx.faxes.create({ connection_id: 'c-1', from: '+1', to: '5107882622' }),
		).rejects.toThrow(Telnyx.UnprocessableEntityError);
		standIn.faults.add({ kind: 'tooManyRequests', times: 1 });
		await expect(telnyx.faxes.list()).rejects.toThrow(Telnyx.RateLimitError);
		standIn.faults.add({ kind: 'error503', times: 1 });
		await expect(telnyx.faxes.list()).rejects.toThrow(Telnyx.InternalServerError);
		standIn.faults.add({ kind: 'resetBeforeAcceptance', times: 1 });
		await expect(telnyx.faxes.list()).rejects.toThrow(Telnyx.APIConnectionError);
	});

	it("sends events the SDK's verification accepts, and rejects once tampered with", async () => {
		const id = await send();
		await standIn.settle();
		expect(receiver.received.map((event) => event.type).sort()).toEqual([
			'fax.delivered',
			'fax.media.processed',
			'fax.queued',
			'fax.sending.started',
		]);
		for (const event of receiver.received) {
			const headers = Object.fromEntries(
				Object.entries(event.headers).map(([name, value]) => [name, String(value)]),
			);
			const unwrapped = await telnyx.webhooks.unwrap(event.body, { headers });
			expect(unwrapped).toMatchObject({
				data: {
					event_type: event.type,
					record_type: 'event',
					payload: {
						fax_id: id,
						client_state: 'aGF2ZSBhIG5pY2UgZGF5ID1d',
						original_media_url: DOCUMENT,
					},
				},
			});
			const tampered = event.body.replace('+15107882622', '+15107882623');
			await expect(telnyx.webhooks.unwrap(tampered, { headers })).rejects.toThrow(/signature/i);
			const stale = standIn.sign(event.body, Math.floor(Date.now() / 1000) - 301);
			await expect(telnyx.webhooks.unwrap(event.body, { headers: stale })).rejects.toThrow(/old/);
		}
	});
});
