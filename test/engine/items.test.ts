import { sleep } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import type { RecordedRequest } from '../standin';
import { faxOfUrl, itemsOf, locator, useTelnyxFax } from './telnyxFax';

const fixture = useTelnyxFax({ stepMs: 60_000 });

const recipient = (index: number) => `+131255510${String(index).padStart(2, '0')}`;
const recipients = (count: number) =>
	itemsOf(...Array.from({ length: count }, (_, index) => ({ to: recipient(index) })));
const toEach = { to: '={{ $json.to }}' };
const oneByOne = { ...toEach, options: { maxParallelRequests: 1 } };

const posts = () => fixture.calls('POST /faxes');
const sentTo = () => [...fixture.standIn.faxes.values()].map(({ to }) => to);

/** Refuses the faxes to some of the items. */
function refuse(...items: number[]): void {
	const when = ({ json }: RecordedRequest) =>
		items.some((item) => JSON.stringify(json).includes(recipient(item)));
	fixture.standIn.faults.add({ kind: 'forbidden', on: { method: 'POST', when } });
}

afterEach(() => {
	fixture.standIn.latencyMs = 0;
	fixture.standIn.rateLimit = undefined;
});

describe('many items', () => {
	it('come out in their order, each linked to its own, whatever the order of the answers', async () => {
		const items = recipients(30);
		fixture.standIn.faults.add({ kind: 'lateAnswer', ms: 300, times: 5, on: { method: 'POST' } });
		const run = await fixture.run(faxOfUrl(toEach), { items });
		expect(run.items.map(({ json, pairedItem }) => [json.to, pairedItem])).toEqual(
			items.map(({ json }, item) => [json.to, { item }]),
		);
	});

	/** How many were on their way before the first answer could come. */
	const firstWave = () => {
		const [first] = posts();
		return posts().filter(({ at }) => at < first.at + fixture.standIn.latencyMs).length;
	};

	it.each([
		[1, 4],
		[4, 12],
	])('go out %i at a time where that is set', async (maxParallelRequests, count) => {
		fixture.standIn.latencyMs = 300;
		await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests } }), {
			items: recipients(count),
		});
		expect(posts()).toHaveLength(count);
		expect(firstWave()).toBe(maxParallelRequests);
	});

	it('are never more than 64 at a time unless that is set', async () => {
		fixture.standIn.latencyMs = 300;
		const items = itemsOf(
			...Array.from({ length: 80 }, (_, index) => ({ to: `+1312555${1000 + index}` })),
		);
		await fixture.run(faxOfUrl(toEach), { items });
		expect(posts()).toHaveLength(80);
		expect(firstWave()).toBeLessThanOrEqual(64);
	});

	it('all get through under a limit of requests, none twice', async () => {
		fixture.standIn.rateLimit = { limit: 20, windowMs: 1000 };
		const items = recipients(50);
		const run = await fixture.run(faxOfUrl(toEach), { items });
		expect(run.status).toBe('success');
		expect(sentTo().sort()).toEqual(items.map(({ json }) => json.to));
	});

	it('of which none arrives make no request', async () => {
		const run = await fixture.run(faxOfUrl(), { items: [] });
		expect(run.items).toEqual([]);
		expect(fixture.calls()).toEqual([]);
	});
});

describe('an item that fails where the user stops on errors', () => {
	it('keeps the items behind it from starting', async () => {
		refuse(2);
		const run = await fixture.run(faxOfUrl(oneByOne), { items: recipients(6) });
		expect(run).toMatchObject({ status: 'error', items: [] });
		expect(posts()).toHaveLength(3);
	});

	it('does not hide what had been sent: ids are in the error and its description', async () => {
		refuse(2);
		const run = await fixture.run(faxOfUrl(oneByOne), { items: recipients(6) });
		const [first, second] = [...fixture.standIn.faxes.values()].map(({ id }) => id);
		expect(run.error).toMatchObject({
			message: 'Forbidden (code 403)',
			httpCode: '403',
			context: {
				itemIndex: 2,
				completed: [
					{ itemIndex: 0, id: first },
					{ itemIndex: 1, id: second },
				],
			},
		});
		expect(run.error?.description).toContain('check its permissions');
		expect(run.error?.description).toContain(
			`Already done before this error: item 0: ${first}, item 1: ${second}`,
		);
	});

	it('lets those finish that are on their way, and reports them too', async () => {
		refuse(0);
		const others = { method: 'POST', path: /^\/v2\/faxes$/ };
		fixture.standIn.faults.add({ kind: 'lateAnswer', on: others, ms: 1500, times: 3 });
		const run = await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests: 4 } }), {
			items: recipients(12),
		});
		expect(posts()).toHaveLength(4);
		const completed = [...fixture.standIn.faxes.values()].map(({ id, to }) => ({
			itemIndex: [0, 1, 2, 3].findIndex((item) => recipient(item) === to),
			id,
		}));
		expect(completed).toHaveLength(3);
		expect(run.error).toMatchObject({
			context: {
				itemIndex: 0,
				completed: expect.arrayContaining(completed.map((one) => expect.objectContaining(one))),
			},
		});
	});

	it('is one of those that fail, where several do', async () => {
		refuse(1, 2, 3);
		const run = await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests: 4 } }), {
			items: recipients(4),
		});
		expect([1, 2, 3]).toContain(run.error?.context?.itemIndex);
	});

	it('says nothing of done items where there are none', async () => {
		refuse(0);
		const run = await fixture.run(faxOfUrl(oneByOne), { items: recipients(2) });
		expect(run.error?.description).not.toContain('Already done');
	});

	it('names twenty of many done items, and has all in its context', async () => {
		refuse(25);
		const run = await fixture.run(faxOfUrl(oneByOne), { items: recipients(30) });
		expect(run.error?.description?.match(/item \d+:/g)).toHaveLength(20);
		expect(run.error?.description).toMatch(/, \.\.\.$/);
		expect(run.error).toMatchObject({ context: { completed: { length: 25 } } });
	});
});

describe('an item that fails where the user continues', () => {
	const settings: Partial<INode> = { onError: 'continueRegularOutput' };

	it('comes out as an error in its place, and the others go out', async () => {
		refuse(1);
		const run = await fixture.run(faxOfUrl(toEach), { items: recipients(3), settings });
		expect(run.status).toBe('success');
		expect(run.items).toMatchObject([
			{ json: { status: 'queued', to: recipient(0) }, pairedItem: { item: 0 } },
			{
				json: {
					error: 'Forbidden (code 403)',
					details: {
						description: expect.stringContaining('check its permissions'),
						httpCode: '403',
						code: '403',
						outcome: 'refused',
					},
				},
				pairedItem: { item: 1 },
			},
			{ json: { status: 'queued', to: recipient(2) }, pairedItem: { item: 2 } },
		]);
		expect(sentTo().sort()).toEqual([recipient(0), recipient(2)]);
	});

	it('comes out of the error output where there is one', async () => {
		refuse(1);
		const run = await fixture.run(faxOfUrl(toEach), {
			items: recipients(3),
			settings: { onError: 'continueErrorOutput' },
		});
		const [done, failed] = run.runs[0].outputs;
		expect(done.map(({ json }) => json.to)).toEqual([recipient(0), recipient(2)]);
		expect(failed).toMatchObject([
			{ json: { error: 'Forbidden (code 403)' }, pairedItem: { item: 1 } },
		]);
	});

	it('quotes no full number where numbers are masked', async () => {
		const options = { maskNumbers: true };
		const run = await fixture.run(faxOfUrl({ ...toEach, options }), {
			items: itemsOf({ to: '(312) 555-0199' }),
			settings,
		});
		expect(run.items[0].json.error).toContain('"(***) ***-0199", which is not a phone number');
	});

	it.each([
		['Max Parallel Requests', { maxParallelRequests: '={{ $json.width }}' }],
		['Max Parallel Requests', { maxParallelRequests: '={{ $json.first ? "many" : 4 }}' }],
		['Referenced node', { clientState: '={{ $json.first ? $("Nowhere").item.json.id : "" }}' }],
	])('keeps no other from going out where its %s cannot be read', async (words, options) => {
		const items = itemsOf(
			{ to: recipient(0), width: 0, first: true },
			{ to: recipient(1), width: 4, first: false },
		);
		const run = await fixture.run(faxOfUrl({ ...toEach, options }), {
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		const [done, failed] = run.runs[0].outputs;
		expect(done).toMatchObject([{ json: { to: recipient(1) }, pairedItem: { item: 1 } }]);
		expect(failed).toMatchObject([
			{
				json: { error: expect.stringContaining(words), details: { outcome: 'notSent' } },
				pairedItem: { item: 0 },
			},
		]);
		expect(sentTo()).toEqual([recipient(1)]);
	});

	it('is not sent where it cannot be said how to show it', async () => {
		const items = itemsOf({ to: recipient(0) });
		const simplify = '={{ $("Nowhere").item.json.simple }}';
		const run = await fixture.run(faxOfUrl({ ...toEach, simplify }), { items, settings });
		expect(run.items).toMatchObject([
			{ json: { error: expect.any(String), details: { outcome: 'notSent' } } },
		]);
		expect(fixture.calls()).toEqual([]);
	});

	it('has no HTTP code where Telnyx was not even asked', async () => {
		const items = itemsOf({ to: 'nonsense' }, { to: recipient(1) });
		const run = await fixture.run(faxOfUrl(toEach), { items, settings });
		expect(run.items).toMatchObject([
			{
				json: {
					error: expect.stringContaining('The parameter "To" of item 0 is "nonsense"'),
					details: {
						description: expect.stringContaining('country code'),
						httpCode: null,
						code: null,
						outcome: 'notSent',
					},
				},
			},
			{ json: { status: 'queued' } },
		]);
	});

	it.each(['get', 'cancel', 'refresh', 'delete', 'download'])(
		'is treated alike in %s',
		async (operation) => {
			const { id } = fixture.standIn.addFax();
			const parameters = { resource: 'fax', operation, faxId: locator('={{ $json.id }}') };
			const unknown = '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e';
			const run = await fixture.run(parameters, {
				items: itemsOf({ id: unknown }, { id: '' }, { id }),
				settings,
			});
			expect(run.items[0]).toMatchObject({
				json: { error: expect.stringContaining('Not Found'), details: { httpCode: '404' } },
				pairedItem: { item: 0 },
			});
			expect(run.items[1]).toMatchObject({
				json: { error: 'No Fax is chosen for item 1', details: { httpCode: null } },
				pairedItem: { item: 1 },
			});
			expect(run.items[2].pairedItem).toEqual({ item: 2 });
		},
	);
});

describe('stopping the execution', () => {
	it('starts no more requests', async () => {
		fixture.standIn.latencyMs = 50;
		const stop = new AbortController();
		const when = () => {
			if (posts().length >= 3) stop.abort();
			return false;
		};
		fixture.standIn.faults.add({ kind: 'error500', on: { method: 'POST', when } });
		const run = await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests: 2 } }), {
			items: recipients(40),
			signal: stop.signal,
		});
		expect(run.status).toBe('canceled');
		const atStop = posts().length;
		expect(atStop).toBeLessThanOrEqual(4);
		await sleep(200);
		expect(posts()).toHaveLength(atStop);
	});

	it('ends a wait for the limit', async () => {
		const stop = new AbortController();
		const when = () => {
			void sleep(100).then(() => stop.abort());
			return true;
		};
		fixture.standIn.faults.add({
			kind: 'tooManyRequestsRetryAfter',
			retryAfterSecs: 100,
			on: { when },
		});
		const { id } = fixture.standIn.addFax();
		const run = await fixture.run(
			{ resource: 'fax', operation: 'get', faxId: locator(id) },
			{ signal: stop.signal },
		);
		expect(run.status).toBe('canceled');
		expect(fixture.calls()).toHaveLength(1);
	});

	it('does not look up what was under way', async () => {
		const stop = new AbortController();
		const when = () => {
			stop.abort();
			return true;
		};
		fixture.standIn.faults.add({ kind: 'noAnswerAfterAcceptance', on: { method: 'POST', when } });
		const run = await fixture.run(faxOfUrl(), { signal: stop.signal });
		expect(run.status).toBe('canceled');
		expect(posts()).toHaveLength(1);
		expect(fixture.calls('GET /faxes')).toEqual([]);
	});
});
