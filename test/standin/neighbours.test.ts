import { createClient, form, type Client } from './client';
import { pdfDocument, startStandIn, type FaxApplication, type StandIn } from './index';

describe('applications, numbers, media, links and keys on the stand-in', () => {
	let standIn: StandIn;
	let client: Client;
	let application: FaxApplication;

	beforeAll(async () => {
		standIn = await startStandIn({ stepMs: 1 });
		client = createClient(standIn);
	});

	afterAll(async () => {
		await client.close();
		await standIn.close();
	});

	beforeEach(() => {
		standIn.reset();
		[application] = standIn.applications.values();
	});

	it('demands name and URL for every change of an application', async () => {
		const answer = await client.call('PATCH', `/fax_applications/${application.id}`, {
			active: false,
			webhook_timeout_secs: 31,
		});
		expect(answer.status).toBe(422);
		expect(answer.text).toContain('/application_name');
		expect(answer.text).toContain('/webhook_event_url');
		expect(answer.text).toContain('/webhook_timeout_secs');
		expect(application.active).toBe(true);
	});

	it('refuses to delete an application while numbers use it', async () => {
		const path = `/fax_applications/${application.id}`;
		const refused = await client.call('DELETE', path);
		expect(refused.status).toBe(422);
		expect(refused.text).toContain('"10021"');
		for (const number of standIn.phoneNumbers.values()) {
			await client.call('PATCH', `/phone_numbers/${number.id}`, { connection_id: '' });
		}
		const deleted = await client.call('DELETE', path);
		expect(deleted.status).toBe(200);
		expect(deleted.json).toMatchObject({ data: { id: application.id } });
	});

	it('sorts applications both ways and filters them by voice profile', async () => {
		standIn.addApplication({ application_name: 'Annex' });
		const ascending = await client.call('GET', '/fax_applications?sort=application_name');
		expect(ascending.json).toMatchObject({
			data: [{ application_name: 'Annex' }, { application_name: 'Front desk' }],
		});
		const descending = await client.call('GET', '/fax_applications?sort=-application_name');
		expect(descending.json).toMatchObject({ data: [{ application_name: 'Front desk' }, {}] });
		const profile = application.outbound.outbound_voice_profile_id ?? '';
		const filtered = await client.call(
			'GET',
			`/fax_applications?filter[outbound_voice_profile_id]=${profile}`,
		);
		expect(filtered.json).toMatchObject({ meta: { total_results: 1 } });
		expect((await client.call('GET', '/fax_applications?sort=name')).status).toBe(400);
	});

	it('finds numbers by digits only', async () => {
		const found = async (query: string) =>
			(await client.call('GET', `/phone_numbers?filter[phone_number]=${query}`)).json;
		expect(await found('3125790015')).toMatchObject({ meta: { total_results: 1 } });
		expect(await found('%2B13125790015')).toMatchObject({ meta: { total_results: 0 } });
		expect(await found('31')).toMatchObject({ meta: { total_results: 0 } });
	});

	it('refuses to assign a number to an application that does not exist', async () => {
		const [number] = standIn.phoneNumbers.values();
		const answer = await client.call('PATCH', `/phone_numbers/${number.id}`, {
			connection_id: '1293384261075731499',
		});
		expect(answer.status).toBe(422);
		expect(answer.text).toContain('/connection_id');
	});

	it('creates voice profiles with 200 and counts the connections on each', async () => {
		const created = await client.call('POST', '/outbound_voice_profiles', { name: 'Overseas' });
		expect(created.status).toBe(200);
		expect(created.json).toMatchObject({ data: { whitelisted_destinations: ['US', 'CA'] } });
		const listed = await client.call('GET', '/outbound_voice_profiles?filter[name][contains]=defa');
		expect(listed.json).toMatchObject({ data: [{ name: 'Default', connections_count: 1 }] });
	});

	it('stores an upload until its time is over and sends it by name', async () => {
		const pdf = await pdfDocument();
		const upload = form(
			{ media_name: 'letter', ttl_secs: '60' },
			{ media: [pdf, 'letter.pdf', 'application/pdf'] },
		);
		const stored = await client.call('POST', '/media', upload);
		expect(stored.status).toBe(201);
		expect(stored.json).toMatchObject({
			data: { media_name: 'letter', content_type: 'application/pdf' },
		});
		const fields = {
			connection_id: application.id,
			from: '+13125790015',
			to: '+15107882622',
			media_name: 'letter',
		};
		const sent = await client.call('POST', '/faxes', fields);
		expect(sent.status).toBe(202);
		expect(sent.json).toMatchObject({ data: { media_name: 'letter' } });
		expect(sent.text).not.toContain('media_url');
		await standIn.settle();
		const last = standIn.deliveries.at(-1)?.event;
		expect(last).toMatchObject({ event_type: 'fax.delivered', payload: { media_name: 'letter' } });
		expect(last?.payload).not.toHaveProperty('original_media_url');

		standIn.expireMedia('letter');
		expect((await client.call('GET', '/media/letter')).status).toBe(404);
		expect((await client.call('POST', '/faxes', fields)).status).toBe(422);
	});

	it('refuses media of a taken name, a bad lifetime or an unreachable source', async () => {
		standIn.serve('https://docs.example.com/a.pdf', await pdfDocument());
		const body = { media_url: 'https://docs.example.com/a.pdf', media_name: 'a' };
		expect((await client.call('POST', '/media', body)).status).toBe(201);
		expect((await client.call('POST', '/media', body)).status).toBe(422);
		expect((await client.call('POST', '/media', { ...body, ttl_secs: 0 })).status).toBe(422);
		const absent = { media_url: 'https://docs.example.com/b.pdf' };
		expect((await client.call('POST', '/media', absent)).status).toBe(422);
		expect((await client.call('PUT', '/media/a', body)).status).toBe(200);
		expect((await client.call('DELETE', '/media/a')).status).toBe(204);
		expect((await client.call('DELETE', '/media/a')).status).toBe(404);
	});

	it('lets links expire and renews those of received faxes only on refresh', async () => {
		const fax = standIn.receiveFax({ to: '+13125790015', from: '+16132484850' });
		await standIn.settle();
		const link = fax.mediaUrl ?? '';
		expect((await client.fetch(link)).text.startsWith('%PDF-')).toBe(true);
		standIn.expireLinks();
		const expired = await client.fetch(link);
		expect(expired.status).toBe(403);
		expect(expired.text).toContain('<Code>AccessDenied</Code>');
		expect((await client.call('GET', `/faxes/${fax.id}`)).json).toMatchObject({
			data: { media_url: link },
		});
		await client.call('POST', `/faxes/${fax.id}/actions/refresh`);
		expect(fax.mediaUrl).not.toBe(link);
		expect((await client.fetch(fax.mediaUrl ?? '')).status).toBe(200);
		expect((await client.fetch(link)).status).toBe(403);
	});

	it('lets links expire by the clock', async () => {
		const fax = standIn.receiveFax({ to: '+13125790015', from: '+16132484850' });
		await standIn.settle();
		standIn.clockSkewMs = 601_000;
		const expired = await client.fetch(fax.mediaUrl ?? '');
		standIn.clockSkewMs = 0;
		expect(expired.status).toBe(403);
		expect(expired.text).toContain('Request has expired');
	});

	it('refuses links with an Authorization header or a changed signature', async () => {
		const fax = standIn.receiveFax({ to: '+13125790015', from: '+16132484850' });
		await standIn.settle();
		const link = fax.mediaUrl ?? '';
		const keyed = await client.fetch(link, {
			headers: { authorization: `Bearer ${standIn.apiKey}` },
		});
		expect(keyed.status).toBe(400);
		expect(keyed.text).toContain('<Code>InvalidArgument</Code>');
		const forged = await client.fetch(link.replace(/.$/, 'x'));
		expect(forged.text).toContain('SignatureDoesNotMatch');
		expect(standIn.downloads[0].headers.authorization).toContain(standIn.apiKey);
	});

	it('shows the public key, rotates it and can hide it', async () => {
		const before = await client.call('GET', '/public_key');
		expect(before.json).toMatchObject({
			data: { public: standIn.publicKey, record_type: 'public_key' },
		});
		expect(Buffer.from(standIn.publicKey, 'base64')).toHaveLength(32);
		const old = standIn.publicKey;
		const made = await client.call('POST', '/inactive_key');
		expect(standIn.publicKey).toBe(old);
		const id = /"id":"([^"]+)"/.exec(made.text)?.[1] ?? '';
		expect((await client.call('POST', `/inactive_key/${id}/activate`)).json).toEqual({
			data: { result: 'success' },
		});
		expect(standIn.publicKey).not.toBe(old);
		expect(made.text).toContain(standIn.publicKey);
		standIn.publicKeyAvailable = false;
		expect((await client.call('GET', '/public_key')).status).toBe(404);
		standIn.publicKeyAvailable = true;
	});

	it('demands a record type for detail records and caps their pages at 50', async () => {
		standIn.addFax({ pageCount: 3 });
		expect((await client.call('GET', '/detail_records')).status).toBe(400);
		const listed = await client.call(
			'GET',
			'/detail_records?filter[record_type]=fax&page[size]=100',
		);
		expect(listed.json).toMatchObject({ data: [{ cost: '0.0210' }], meta: { page_size: 50 } });
	});

	it('answers unknown paths with 404', async () => {
		expect((await client.call('GET', '/faxes/x/media')).status).toBe(404);
		expect((await client.call('PATCH', '/faxes')).status).toBe(404);
	});

	it('leads through its proxy to the hosts that are played on this machine', async () => {
		const other = await startStandIn();
		standIn.hosts.set('drive.example.com', new URL(other.pageUrl).origin);
		const answer = await client.fetch('https://drive.example.com/');
		expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('<html') });
		standIn.hosts.delete('drive.example.com');
		await other.close();
	});

	it('starts over on reset, keeping keys and hosts', async () => {
		standIn.addFax();
		standIn.hosts.set('kept.example.com', 'http://127.0.0.1:9');
		const key = standIn.publicKey;
		standIn.faults.add({ kind: 'error500' });
		standIn.reset();
		expect(standIn.faxes.size).toBe(0);
		expect(standIn.phoneNumbers.size).toBe(3);
		expect(standIn.publicKey).toBe(key);
		expect(standIn.hosts.has('kept.example.com')).toBe(true);
		expect((await client.call('GET', '/faxes')).status).toBe(200);
	});
});
