import { fetch, Pool, ProxyAgent } from 'undici';
import { createClient, until, type Client } from './client';
import { pdfDocument, startStandIn, trustCertificate, type StandIn } from './index';

const DOCUMENT = 'https://docs.example.com/letter.pdf';

describe('faults, limits and connections of the stand-in', () => {
	let standIn: StandIn;
	let client: Client;
	let body: Record<string, string>;

	const send = async (init?: { signal: AbortSignal }) =>
		await client.call('POST', '/faxes', body, {
			...init,
			headers: {
				authorization: `Bearer ${standIn.apiKey}`,
				'content-type': 'application/json',
			},
		});
	const on = { method: 'POST', path: /\/faxes$/ };

	beforeAll(async () => {
		standIn = await startStandIn({ stepMs: 1 });
		client = createClient(standIn);
	});

	afterAll(async () => {
		await client.close();
		await standIn.close();
	});

	beforeEach(async () => {
		standIn.reset();
		standIn.rateLimit = undefined;
		standIn.serve(DOCUMENT, await pdfDocument());
		const [application] = standIn.applications.keys();
		body = {
			connection_id: application,
			from: '+13125790015',
			to: '+15107882622',
			media_url: DOCUMENT,
		};
	});

	it.each([
		['resetBeforeAcceptance', 0],
		['resetAfterAcceptance', 1],
	] as const)('%s is a real reset and leaves %i faxes', async (kind, faxes) => {
		standIn.faults.add({ on, kind, times: 1 });
		await expect(send()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
		expect(standIn.faxes.size).toBe(faxes);
		expect(standIn.requests[0]).toMatchObject({ fault: kind });
		expect(standIn.requests[0].status).toBeUndefined();
		expect((await send()).status).toBe(202);
	});

	it('cuts an answer in half after acceptance', async () => {
		standIn.faults.add({ on, kind: 'truncatedAnswer', times: 1 });
		await expect(send()).rejects.toThrow('terminated');
		expect(standIn.faxes.size).toBe(1);
		await standIn.settle();
		expect([...standIn.faxes.values()][0].status).toBe('delivered');
	});

	it.each([
		['noAnswerBeforeAcceptance', 0],
		['noAnswerAfterAcceptance', 1],
	] as const)('%s lasts until the client gives up and leaves %i faxes', async (kind, faxes) => {
		standIn.faults.add({ on, kind, times: 1 });
		const giveUp = new AbortController();
		const answer = send({ signal: giveUp.signal });
		const refused = expect(answer).rejects.toThrow(/abort/i);
		await until(() => standIn.requests[0]?.fault === kind && standIn.faxes.size === faxes);
		giveUp.abort();
		await refused;
		expect(standIn.faxes.size).toBe(faxes);
	});

	it('answers late, after acceptance', async () => {
		standIn.faults.add({ on, kind: 'lateAnswer', ms: 1000, times: 1 });
		const answer = send();
		const seen: number[] = [];
		void answer.then(() => seen.push(standIn.faxes.size));
		expect((await client.call('GET', '/faxes')).status).toBe(200);
		expect(seen).toEqual([]);
		expect((await answer).status).toBe(202);
	});

	it.each([
		['error500', 500, 0],
		['error502', 502, 0],
		['error503', 503, 0],
		['error500AfterAcceptance', 500, 1],
		['unauthorized', 401, 0],
		['forbidden', 403, 0],
		['tooManyRequests', 429, 0],
	] as const)('%s answers %i in JSON and leaves %i faxes', async (kind, status, faxes) => {
		standIn.faults.add({ on, kind, times: 1 });
		const answer = await send();
		expect(answer.status).toBe(status);
		expect(answer.json).toHaveProperty('errors');
		expect(answer.headers['retry-after']).toBeUndefined();
		expect(standIn.faxes.size).toBe(faxes);
	});

	it('answers a gateway error in HTML, and 429 with Retry-After on demand', async () => {
		standIn.faults.add({ on, kind: 'htmlError502', times: 1 });
		standIn.faults.add({ on, kind: 'tooManyRequestsRetryAfter', retryAfterSecs: 7, times: 1 });
		const html = await send();
		expect([html.status, html.headers['content-type']]).toEqual([502, 'text/html; charset=utf-8']);
		const limited = await send();
		expect([limited.status, limited.headers['retry-after']]).toEqual([429, '7']);
	});

	it('plays a fault only on what it matches, after what it skips, as often as told', async () => {
		const fault = standIn.faults.add({
			on: { ...on, when: (request) => JSON.stringify(request.json).includes('+1510') },
			kind: 'error500',
			skip: 1,
			times: 1,
		});
		expect((await client.call('GET', '/faxes')).status).toBe(200);
		expect((await send()).status).toBe(202);
		expect((await send()).status).toBe(500);
		expect((await send()).status).toBe(202);
		expect(fault.played).toBe(1);
	});

	it('plays the same random faults for the same seed', async () => {
		const round = async () => {
			standIn.faults.clear();
			standIn.faults.random({ seed: 7, mix: { error500: 0.3, error503: 0.3 } });
			const statuses: number[] = [];
			for (let call = 0; call < 30; call++) {
				statuses.push((await client.call('GET', '/faxes')).status);
			}
			return statuses;
		};
		const first = await round();
		expect(new Set(first)).toEqual(new Set([200, 500, 503]));
		expect(await round()).toEqual(first);
	});

	it('resets downloads too', async () => {
		const fax = standIn.receiveFax({ to: '+13125790015', from: '+16132484850' });
		await standIn.settle();
		standIn.faults.add({ on: { path: /^\/faxes-prod\// }, kind: 'truncatedAnswer', times: 1 });
		await expect(client.fetch(fax.mediaUrl ?? '')).rejects.toThrow('terminated');
		expect((await client.fetch(fax.mediaUrl ?? '')).status).toBe(200);
	});

	it('limits each endpoint by itself, with the headers as measured', async () => {
		const windowMs = 3_600_000;
		standIn.rateLimit = { limit: 2, windowMs };
		const answers = [];
		for (let call = 0; call < 3; call++) answers.push(await client.call('GET', '/faxes'));
		expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
		expect(answers.map((answer) => answer.headers['x-ratelimit-remaining'])).toEqual([
			'1',
			'0',
			'0',
		]);
		const refused = answers[2];
		expect(refused.headers['x-ratelimit-limit']).toBe('2, 2;w=3600');
		expect(refused.headers['x-ratelimit-reset']).toMatch(/^\d+$/);
		expect(refused.headers['retry-after']).toBeUndefined();
		expect(refused.json).toEqual({
			errors: [
				{
					code: '10011',
					title: 'Too many requests',
					detail: 'You have exceeded the maximum number of allowed requests.',
				},
			],
		});
		expect((await client.call('GET', '/fax_applications')).status).toBe(200);
		standIn.clockSkewMs = windowMs;
		expect((await client.call('GET', '/faxes')).status).toBe(200);
		standIn.clockSkewMs = 0;
	});

	it('refuses faxes above the number in processing at the same time', async () => {
		standIn.stepMs = 60_000;
		standIn.maxFaxesInProgress = 1;
		expect((await send()).status).toBe(202);
		expect((await send()).status).toBe(429);
		standIn.maxFaxesInProgress = 2000;
		standIn.stepMs = 1;
	});

	it('keeps connections alive', async () => {
		const fresh = createClient(standIn);
		for (let call = 0; call < 10; call++) await fresh.call('GET', '/faxes');
		await fresh.close();
		const connections = new Set(standIn.requests.map((request) => request.connection));
		expect(connections.size).toBeLessThan(3);
	});

	it('takes hundreds of calls at once', async () => {
		standIn.faults.add({ kind: 'noAnswerBeforeAcceptance' });
		const giveUp = new AbortController();
		const calls = Array.from({ length: 300 }, async () => await send({ signal: giveUp.signal }));
		const outcomes = Promise.allSettled(calls);
		await until(() => standIn.requests.length === 300);
		expect(Math.max(...standIn.requests.map((request) => request.inFlight))).toBe(300);
		expect(new Set(standIn.requests.map((request) => request.connection)).size).toBe(300);
		giveUp.abort();
		await outcomes;
	}, 30_000);

	it('streams 50 MB from a served document through the proxy', async () => {
		const large = Buffer.alloc(50 * 1024 * 1024, 'fax ');
		standIn.serve('https://docs.example.com/large.txt', large, 'text/plain');
		const answer = await client.fetch('https://docs.example.com/large.txt');
		expect(answer.text.length).toBe(large.length);
		standIn.serve('https://docs.example.com/moved', { redirect: DOCUMENT });
		expect((await client.fetch('https://docs.example.com/moved')).status).toBe(302);
	});

	it('leads to no other host', async () => {
		const proxy = new Pool(standIn.proxyUrl);
		const { statusCode } = await proxy.connect({ path: 'www.example.org:443' });
		expect(statusCode).toBe(403);
		await proxy.destroy();
	});

	it('is not trusted until told so', async () => {
		const dispatcher = new ProxyAgent(standIn.proxyUrl);
		const read = async () =>
			await fetch('https://api.telnyx.com/v2/faxes', { dispatcher, headers: {} });
		await expect(read()).rejects.toThrow('fetch failed');
		const takeBack = trustCertificate(standIn.caCertificate);
		expect((await read()).status).toBe(401);
		takeBack();
		await dispatcher.destroy();
	});

	it('shows a page that gives away no key', async () => {
		const page = await fetch(standIn.pageUrl);
		expect(await page.text()).toContain('<title>Telnyx stand-in</title>');
		standIn.addFax({ to: '+15107880042' });
		const events = await fetch(`${standIn.pageUrl}events`);
		const reader = events.body?.getReader();
		const first = await reader?.read();
		await reader?.cancel();
		const text = Buffer.from(first?.value ?? []).toString('utf8');
		expect(text).toContain('+15107880042');
		expect(text).not.toContain(standIn.apiKey);
	});
});
