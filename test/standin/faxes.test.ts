import { waitFor } from '../n8n/waitFor';
import { createClient, form, type Answer, type Client } from './client';
import {
	busyFirst,
	failureReasons,
	magicNumbers,
	pdfDocument,
	startStandIn,
	tiffDocument,
	type StandIn,
} from './index';

const DOCUMENT = 'https://docs.example.com/letter.pdf';
const MEGABYTE = 1024 * 1024;

describe('faxes on the stand-in', () => {
	let standIn: StandIn;
	let client: Client;
	let base: Record<string, string>;
	let pdf: Buffer;

	function pointers(answer: Answer): string[] {
		return [...answer.text.matchAll(/"pointer":"([^"]+)"/g)].map((match) => match[1]);
	}

	async function send(fields: Record<string, unknown> = {}): Promise<Answer> {
		return await client.call('POST', '/faxes', { ...base, media_url: DOCUMENT, ...fields });
	}

	async function outcome(fields: Record<string, unknown>): Promise<[string, string | null]> {
		const answer = await send(fields);
		expect(answer.status).toBe(202);
		await standIn.settle();
		const fax = [...standIn.faxes.values()].at(-1);
		return [fax?.status ?? '', fax?.failureReason ?? null];
	}

	beforeAll(async () => {
		standIn = await startStandIn({ stepMs: 1 });
		client = createClient(standIn);
		pdf = await pdfDocument();
	});

	afterAll(async () => {
		await client.close();
		await standIn.close();
	});

	beforeEach(() => {
		standIn.reset();
		standIn.stepMs = 1;
		standIn.serve(DOCUMENT, pdf);
		const [application] = standIn.applications.keys();
		base = { connection_id: application, from: '+13125790015', to: '+15107882622' };
	});

	it('reports everything that is wrong with a request at once', async () => {
		const answer = await send({
			connection_id: 'c-1',
			from: '+13125790099',
			to: '555-0100',
			quality: 'best',
			black_threshold: 101,
			client_state: 'not base64',
			from_display_name: 'a/b',
			webhook_url: 'hooks.example.com',
		});
		expect(answer.status).toBe(422);
		expect(pointers(answer).sort()).toEqual([
			'/black_threshold',
			'/client_state',
			'/connection_id',
			'/from',
			'/from_display_name',
			'/quality',
			'/to',
			'/webhook_url',
		]);
		expect(answer.json).toMatchObject({
			errors: expect.arrayContaining([
				expect.objectContaining({ code: '422', title: 'Unprocessable Entity' }),
			]),
		});
		expect(standIn.faxes.size).toBe(0);
	});

	it('speaks the dialect of five-digit codes when told so', async () => {
		standIn.errorDialect = 'codes';
		const answer = await send({ to: '555-0100' });
		standIn.errorDialect = 'status';
		expect(answer.json).toEqual({
			errors: [
				{
					code: '10016',
					title: 'Phone number must be in +E.164 format',
					detail: 'to: Phone number must be in +E.164 format',
					meta: { url: 'https://developers.telnyx.com/docs/overview/errors/10016' },
					source: { pointer: '/to' },
				},
			],
		});
	});

	it.each([
		['no document', { media_url: undefined }, '/media_url'],
		['two documents', { media_name: 'letter' }, '/media_url'],
		['a data URL', { media_url: 'data:application/pdf;base64,JVBERi0=' }, '/media_url'],
		['an unknown medium', { media_url: undefined, media_name: 'nope' }, '/media_name'],
		[
			'store_media with media_name',
			{ media_url: undefined, media_name: 'nope', store_media: true },
			'/store_media',
		],
	])('refuses %s', async (_name, fields, pointer) => {
		const answer = await send(fields);
		expect(answer.status).toBe(422);
		expect(pointers(answer)).toContain(pointer);
	});

	it('answers malformed JSON with 400 and a missing key with 401', async () => {
		const headers = {
			authorization: `Bearer ${standIn.apiKey}`,
			'content-type': 'application/json',
		};
		const malformed = await client.call('POST', '/faxes', '{', { headers });
		expect(malformed.status).toBe(400);
		expect(malformed.text).toContain('"10015"');
		const anonymous = await client.call('GET', '/faxes', undefined, { headers: {} });
		expect(anonymous.status).toBe(401);
		expect(anonymous.text).toContain('"10009"');
	});

	it('takes form encoding and SIP addresses', async () => {
		const body = new URLSearchParams({
			...base,
			to: 'sip:fax@example.com',
			media_url: DOCUMENT,
			store_media: 'true',
		});
		const headers = {
			authorization: `Bearer ${standIn.apiKey}`,
			'content-type': 'application/x-www-form-urlencoded',
		};
		const answer = await client.call('POST', '/faxes', body.toString(), { headers });
		expect(answer.status).toBe(202);
		expect(answer.json).toMatchObject({ data: { to: 'sip:fax@example.com', store_media: true } });
	});

	it('takes a multipart fax, honouring only the documented fields', async () => {
		const body = form(
			{ ...base, quality: 'normal', store_media: 'true', client_state: 'YQ==' },
			{ contents: [pdf, 'letter.pdf', 'application/pdf'] },
		);
		const answer = await client.call('POST', '/faxes', body);
		expect(answer.status).toBe(202);
		expect(answer.json).toMatchObject({ data: { quality: 'normal', store_media: true } });
		expect(answer.text).not.toContain('client_state');
		const [record] = standIn.requests;
		expect(record.ignoredFields).toEqual(['client_state']);
		expect(record.parts?.at(-1)).toMatchObject({
			name: 'contents',
			filename: 'letter.pdf',
			contentType: 'application/pdf',
			size: pdf.length,
		});
		expect(record.parts?.at(-1)?.bytes?.equals(pdf)).toBe(true);
		await standIn.settle();
		const [fax] = standIn.faxes.values();
		expect(fax).toMatchObject({ status: 'delivered', pageCount: 2 });
		const stored = await client.fetch(fax.storedMediaUrl ?? '');
		expect(stored.headers['content-type']).toBe('application/pdf');
	});

	it('refuses multipart contents without a file name, without contents and above 20 MB', async () => {
		const boundary = 'b0undary';
		const lines = Object.entries({ ...base, contents: '%PDF-1.7' }).map(
			([name, value]) =>
				`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
		);
		const nameless = await client.call('POST', '/faxes', `${lines.join('')}--${boundary}--\r\n`, {
			headers: {
				authorization: `Bearer ${standIn.apiKey}`,
				'content-type': `multipart/form-data; boundary=${boundary}`,
			},
		});
		expect(nameless.status).toBe(422);
		expect(nameless.text).toContain("'contents' is invalid");

		const missing = await client.call('POST', '/faxes', form(base));
		expect(pointers(missing)).toEqual(['/contents']);

		const large = Buffer.alloc(20 * MEGABYTE + 1, '%PDF-1.7\n');
		const contents: [Buffer, string, string] = [large, 'large.pdf', 'application/pdf'];
		const tooLarge = await client.call('POST', '/faxes', form(base, { contents }));
		expect(tooLarge.status).toBe(422);
		expect(tooLarge.text).toContain('20 MB');
	});

	it('takes 20 MB in one multipart fax', async () => {
		const large = await pdfDocument({ size: 19 * MEGABYTE });
		const contents: [Buffer, string, string] = [large, 'large.pdf', 'application/pdf'];
		expect((await client.call('POST', '/faxes', form(base, { contents }))).status).toBe(202);
		await standIn.settle();
		expect([...standIn.faxes.values()][0]).toMatchObject({ status: 'delivered', pageCount: 2 });
	});

	it('sends the fax of a client that hung up before the answer', async () => {
		standIn.latencyMs = 200;
		const body = { ...base, media_url: DOCUMENT };
		const call = client.call('POST', '/faxes', body, { signal: AbortSignal.timeout(100) });
		await expect(call).rejects.toThrow();
		await waitFor('the fax', () => standIn.faxes.size === 1 || undefined);
		await standIn.settle();
		expect([...standIn.faxes.values()]).toMatchObject([{ status: 'delivered' }]);
		standIn.latencyMs = 0;
	});

	it('shows every status of an outbound fax on the way', async () => {
		standIn.stepMs = 250;
		const id = /"id":"([^"]+)"/.exec((await send()).text)?.[1] ?? '';
		const seen = new Set<string>();
		for (let status = ''; status !== 'delivered'; seen.add(status)) {
			status =
				/"status":"([^"]+)"/.exec((await client.call('GET', `/faxes/${id}`)).text)?.[1] ?? '';
		}
		expect([...seen]).toEqual(['queued', 'media.processed', 'originated', 'sending', 'delivered']);
	});

	it('shows every status of an inbound fax', async () => {
		const fax = standIn.receiveFax({
			to: '+13125790015',
			from: '+16132484850',
			document: tiffDocument(3),
		});
		await standIn.settle();
		expect(fax.history).toEqual(['initiated', 'receiving', 'media.processing', 'received']);
		expect(fax.pageCount).toBe(3);
		const document = await client.fetch(fax.mediaUrl ?? '');
		expect(document.headers['content-type']).toBe('image/tiff');
		expect((await client.call('POST', `/faxes/${fax.id}/actions/cancel`)).status).toBe(422);
	});

	it('fails a received fax with the reason asked for', async () => {
		const fax = standIn.receiveFax({
			to: '+13125790015',
			from: '+16132484850',
			failureReason: 'sender_call_dropped',
		});
		await standIn.settle();
		expect(fax).toMatchObject({ status: 'failed', failureReason: 'sender_call_dropped' });
		expect(() => standIn.receiveFax({ to: '+17733372107', from: '+16132484850' })).toThrow(
			'No active fax application',
		);
	});

	it.each(failureReasons)('fails with %s at its magic number', async (reason) => {
		expect(await outcome({ to: magicNumbers[reason] })).toEqual(['failed', reason]);
	});

	it('is busy twice and then takes the fax', async () => {
		const to = busyFirst(2);
		expect(await outcome({ to })).toEqual(['failed', 'user_busy']);
		expect(await outcome({ to })).toEqual(['failed', 'user_busy']);
		expect(await outcome({ to })).toEqual(['delivered', null]);
	});

	it('fetches documents without redirects and only on 2xx', async () => {
		standIn.serve('https://docs.example.com/moved', { redirect: DOCUMENT });
		standIn.serve('https://docs.example.com/broken', { status: 500 });
		const failed = ['failed', 'file_download_failed'];
		expect(await outcome({ media_url: 'https://docs.example.com/moved' })).toEqual(failed);
		expect(await outcome({ media_url: 'https://docs.example.com/broken' })).toEqual(failed);
		expect(await outcome({ media_url: 'https://docs.example.com/absent' })).toEqual(failed);
		expect(await outcome({ media_url: [DOCUMENT, DOCUMENT] })).toEqual(['delivered', null]);
		expect([...standIn.faxes.values()].at(-1)?.pageCount).toBe(4);
	});

	it.each([
		['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0]), 'file_format_invalid'],
		['a web page', Buffer.from('<!doctype html><p>Sign in'), 'file_format_invalid'],
		['half a PDF', Buffer.from('%PDF-1.7\n'), 'file_format_invalid'],
		['more than 50 MB', Buffer.alloc(50 * MEGABYTE + 1, 'a'), 'file_size_limit_exceeded'],
		['more than 350 pages', tiffDocument(351), 'page_count_limit_exceeded'],
	])('accepts %s and fails it later', async (_name, bytes, reason) => {
		standIn.serve(DOCUMENT, bytes);
		expect(await outcome({})).toEqual(['failed', reason]);
	});

	it.each([
		['TIFF', tiffDocument(2), 2],
		['JPEG', Buffer.from('\xff\xd8\xff\xe0rest', 'latin1'), 1],
		['PNG', Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'), 1],
		['RTF', Buffer.from('{\\rtf1 Hello}'), 1],
		['plain text', Buffer.from('Hello\n'.repeat(100)), 2],
	])('delivers %s', async (_name, bytes, pages) => {
		standIn.serve(DOCUMENT, bytes);
		expect(await outcome({})).toEqual(['delivered', null]);
		expect([...standIn.faxes.values()].at(-1)?.pageCount).toBe(pages);
	});

	it('fails a fax of an application without voice profile or to a country it lacks', async () => {
		expect(await outcome({ to: '+81312345678' })).toEqual([
			'failed',
			'destination_not_in_countries_whitelist',
		]);
		base.connection_id = standIn.addApplication().id;
		expect(await outcome({})).toEqual(['failed', 'no_outbound_profile']);
	});

	it('fails faxes over the number of concurrent calls, after accepting them', async () => {
		standIn.stepMs = 200;
		const [application] = standIn.applications.values();
		application.outbound.channel_limit = 1;
		expect((await send()).status).toBe(202);
		expect((await send()).status).toBe(202);
		await standIn.settle();
		const reasons = [...standIn.faxes.values()].map((fax) => fax.failureReason);
		expect(reasons).toEqual([null, 'connection_channel_limit_exceeded']);
	});

	it('ignores filters in a form Telnyx does not know', async () => {
		standIn.addFax({ to: '+15107880001' });
		standIn.addFax({ to: '+15107880002' });
		const loose = await client.call('GET', '/faxes?filter[to]=%2B15107880001&filter[status]=x');
		expect(loose.json).toMatchObject({ meta: { total_results: 2 } });
		const exact = await client.call('GET', '/faxes?filter[to][eq]=%2B15107880001');
		expect(exact.json).toMatchObject({ meta: { total_results: 1 } });
		const huge = await client.call('GET', '/faxes?page[size]=1000');
		expect(huge.json).toMatchObject({ meta: { page_size: 250, page_number: 1, total_pages: 1 } });
		const standard = await client.call('GET', '/faxes');
		expect(standard.json).toMatchObject({ meta: { page_size: 20 } });
	});
});
