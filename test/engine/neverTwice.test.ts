import type { INode, INodeExecutionData } from 'n8n-workflow';

import { pdfDocument } from '../standin';
import type { ApiFaultKind, RecordedRequest } from '../standin';
import { useShortTimeouts } from './shortTimeouts';
import {
	faxOfBinary,
	faxOfUrl,
	itemsOf,
	itemWithFile,
	locator,
	numbers,
	useTelnyxFax,
} from './telnyxFax';
import { whileUnreachable } from './unreachable';

jest.mock('n8n-workflow', () =>
	jest.requireActual<typeof import('./withoutPauses')>('./withoutPauses').withoutPauses(),
);

const fixture = useTelnyxFax({ stepMs: 60_000 });
useShortTimeouts();

const posts = () => fixture.calls('POST /faxes');
const faxes = () => [...fixture.standIn.faxes.values()];

/** The fault only on requests to send a fax, or only on some of them. */
const onSend = (when?: (request: RecordedRequest) => boolean) => ({
	method: 'POST',
	path: /^\/v2\/faxes$/,
	when,
});

const sendTo = (to: string) => (request: RecordedRequest) => {
	const fields = JSON.stringify(request.json ?? request.parts?.map(({ value }) => value));
	return fields.includes(to);
};

/** A numbered recipient for each item. */
const recipient = (index: number) => `+131255510${String(index).padStart(2, '0')}`;
const recipients = (count: number) =>
	itemsOf(...Array.from({ length: count }, (_, index) => ({ to: recipient(index) })));
const toEach = { to: '={{ $json.to }}' };

const accepting: ApiFaultKind[] = [
	'resetAfterAcceptance',
	'truncatedAnswer',
	'noAnswerAfterAcceptance',
	'error500AfterAcceptance',
];
const losing: ApiFaultKind[] = [
	'resetBeforeAcceptance',
	'noAnswerBeforeAcceptance',
	'error500',
	'error502',
	'error503',
	'htmlError502',
];

describe('a fax whose sending had no clear outcome', () => {
	it.each(accepting)('is found again after %s, and reported as sent', async (kind) => {
		fixture.standIn.faults.add({ kind, on: onSend() });
		const run = await fixture.run(faxOfUrl());
		expect(posts()).toHaveLength(1);
		expect(run.items).toMatchObject([
			{ json: { id: faxes()[0].id, direction: 'outbound', clientState: null } },
		]);
	});

	it.each(accepting)('is found again after %s though it carries no reference', async (kind) => {
		fixture.standIn.faults.add({ kind, on: onSend() });
		const run = await fixture.run(faxOfBinary(), { items: [await itemWithFile()] });
		expect(posts()).toHaveLength(1);
		expect(run.items).toMatchObject([{ json: { id: faxes()[0].id } }]);
	});

	it.each(losing)(
		'is unknown, not failed, after %s: nobody is told to send it again',
		async (kind) => {
			fixture.standIn.faults.add({ kind, on: onSend() });
			const run = await fixture.run(faxOfUrl({ options: { clientState: 'patient-4711' } }));
			expect(posts()).toHaveLength(1);
			expect(faxes()).toEqual([]);
			expect(run.status).toBe('success');
			expect(run.items).toEqual([
				{
					json: {
						id: null,
						status: 'unknown',
						final: false,
						direction: 'outbound',
						from: numbers.ours,
						to: numbers.recipient,
						clientState: 'patient-4711',
						attemptedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
						message: expect.stringContaining('did not confirm'),
						nextStep: expect.stringMatching(/^Do not send it again yet: look for it/),
					},
					pairedItem: { item: 0 },
				},
			]);
		},
	);

	it('is looked for with what the node knows of it', async () => {
		fixture.standIn.faults.add({ kind: 'resetAfterAcceptance', on: onSend() });
		await fixture.run(faxOfUrl());
		const [look] = fixture.calls('GET /faxes');
		expect(look.query).toEqual({
			filter: {
				direction: { eq: 'outbound' },
				from: { eq: numbers.ours },
				to: { eq: numbers.recipient },
				created_at: { gte: expect.stringMatching(/Z$/) },
			},
			page: { size: '250' },
		});
	});

	it('is found though it appears only after a while', async () => {
		const hidden = { kind: 'resetAfterAcceptance', on: onSend() } as const;
		fixture.standIn.faults.add(hidden);
		const kept = fixture.standIn.faxes;
		const when = () => {
			const looks = fixture.calls('GET /faxes').length;
			for (const fax of kept.values()) fax.direction = looks < 3 ? 'inbound' : 'outbound';
			return false;
		};
		fixture.standIn.faults.add({ kind: 'error500', on: { method: 'GET', when } });
		const run = await fixture.run(faxOfUrl());
		expect(run.items).toMatchObject([{ json: { id: faxes()[0].id } }]);
		expect(fixture.calls('GET /faxes')).toHaveLength(3);
	});

	it('is unknown where the look-up fails as well', async () => {
		fixture.standIn.faults.add({ kind: 'error500AfterAcceptance', on: onSend() });
		fixture.standIn.faults.add({ kind: 'error502', on: { method: 'GET', path: /\/faxes$/ } });
		const run = await fixture.run(faxOfUrl());
		expect(posts()).toHaveLength(1);
		expect(run.items).toMatchObject([{ json: { id: null, status: 'unknown' } }]);
	});

	it.each([3_600_000, -3_600_000])('is found though the clocks are %i ms apart', async (skew) => {
		fixture.standIn.clockSkewMs = skew;
		fixture.standIn.addFax({ to: numbers.recipient, createdAt: Date.now() + skew - 10_000 });
		fixture.standIn.faults.add({ kind: 'resetAfterAcceptance', on: onSend() });
		const run = await fixture.run(faxOfBinary(), { items: [await itemWithFile()] });
		fixture.standIn.clockSkewMs = 0;
		expect(run.items).toMatchObject([{ json: { id: faxes()[1].id } }]);
	});

	it('is not confused with an older fax to the same number', async () => {
		fixture.standIn.addFax({ to: numbers.recipient, createdAt: Date.now() - 60_000 });
		fixture.standIn.faults.add({ kind: 'resetBeforeAcceptance', on: onSend() });
		const run = await fixture.run(faxOfBinary(), { items: [await itemWithFile()] });
		expect(run.items).toMatchObject([{ json: { id: null, status: 'unknown' } }]);
	});

	it('keeps its file in Media Storage, because the fax may be on its way', async () => {
		fixture.standIn.faults.add({ kind: 'resetAfterAcceptance', on: onSend() });
		const run = await fixture.run(faxOfBinary({ options: { clientState: 'x' } }), {
			items: [await itemWithFile()],
		});
		expect(run.items).toMatchObject([{ json: { id: faxes()[0].id } }]);
		expect(fixture.standIn.media.size).toBe(1);
	});

	it.each(['resetBeforeAcceptance', 'error500', 'noAnswerBeforeAcceptance'] as const)(
		'does not exist where already its file could not be stored: %s',
		async (kind) => {
			fixture.standIn.faults.add({ kind, on: { path: /\/media/ } });
			const run = await fixture.run(faxOfBinary({ options: { clientState: 'x' } }), {
				items: [await itemWithFile()],
			});
			expect(run.status).toBe('error');
			expect(posts()).toEqual([]);
		},
	);
});

describe('several faxes that look the same', () => {
	const twins = async () => {
		const content = await pdfDocument();
		return [await itemWithFile({ content }), await itemWithFile({ content })];
	};

	it('are told apart where the outcome of one is unclear', async () => {
		fixture.standIn.faults.add({ kind: 'resetAfterAcceptance', times: 1, on: onSend() });
		const run = await fixture.run(faxOfBinary(), { items: await twins() });
		const ids = run.items.map(({ json }) => json.id);
		expect(posts()).toHaveLength(2);
		expect(new Set(ids)).toEqual(new Set(faxes().map(({ id }) => id)));
	});

	it('are told apart where the outcome of all is unclear', async () => {
		fixture.standIn.faults.add({ kind: 'resetAfterAcceptance', on: onSend() });
		const run = await fixture.run(faxOfBinary(), { items: await twins() });
		const ids = run.items.map(({ json }) => json.id);
		expect(posts()).toHaveLength(2);
		expect(new Set(ids)).toEqual(new Set(faxes().map(({ id }) => id)));
	});

	it('are not mixed up where one was lost: it is unknown, and the other is not claimed for it', async () => {
		fixture.standIn.faults.add({ kind: 'resetBeforeAcceptance', times: 1, on: onSend() });
		const run = await fixture.run(faxOfBinary(), { items: await twins() });
		const statuses = run.items.map(({ json }) => json.status).sort();
		expect(posts()).toHaveLength(2);
		expect(faxes()).toHaveLength(1);
		expect(statuses).toEqual(['queued', 'unknown']);
	});

	it('of links are told apart by the reference of each', async () => {
		fixture.standIn.faults.add({ kind: 'resetAfterAcceptance', on: onSend() });
		const run = await fixture.run(faxOfUrl(), { items: itemsOf({}, {}, {}) });
		const ids = run.items.map(({ json }) => json.id);
		expect(new Set(ids)).toEqual(new Set(faxes().map(({ id }) => id)));
		expect(posts()).toHaveLength(3);
	});
});

describe('a refused fax', () => {
	it.each(['tooManyRequests', 'tooManyRequestsRetryAfter'] as const)(
		'is sent again after %s, which came before acceptance',
		async (kind) => {
			fixture.standIn.faults.add({ kind, times: 3, on: onSend() });
			const run = await fixture.run(faxOfUrl());
			expect(posts().map(({ status }) => status)).toEqual([429, 429, 429, 202]);
			expect(faxes()).toHaveLength(1);
			expect(run.items).toMatchObject([{ json: { status: 'queued' } }]);
		},
	);

	it.each([
		['unauthorized', 401],
		['forbidden', 403],
	] as const)('is not sent again after %s', async (kind, status) => {
		fixture.standIn.faults.add({ kind, on: onSend() });
		const run = await fixture.run(faxOfUrl());
		expect(posts()).toMatchObject([{ status }]);
		expect(run.error).toMatchObject({ httpCode: String(status) });
	});

	it('is an error and nothing else where there is no way to Telnyx', async () => {
		const standIn = fixture.standIn;
		const reached = standIn.requests.length;
		const run = await whileUnreachable(async () => await fixture.run(faxOfUrl(chosenSender())));
		expect(run.error?.message).toBe('There was no connection to Telnyx for POST /faxes');
		expect(run.error).toMatchObject({ context: { outcome: 'notSent' } });
		expect(standIn.requests).toHaveLength(reached);
	});
});

describe('Retry On Fail', () => {
	const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3 };

	it('does not send again what Telnyx accepted in an earlier try', async () => {
		fixture.standIn.faults.add({ kind: 'forbidden', times: 1, on: onSend(sendTo(recipient(2))) });
		const run = await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests: 1 } }), {
			items: recipients(4),
			settings: retrying,
		});
		expect(run.status).toBe('success');
		expect(
			faxes()
				.map(({ to }) => to)
				.sort(),
		).toEqual([0, 1, 2, 3].map(recipient));
		expect(posts().map(({ status }) => status)).toEqual([202, 202, 403, 202, 202]);
		expect(run.items.map(({ json, pairedItem }) => [json.to, pairedItem])).toEqual(
			[0, 1, 2, 3].map((item) => [recipient(item), { item }]),
		);
		const ids = new Map(faxes().map(({ id, to }) => [to, id]));
		for (const { json } of run.items) expect(json.id).toBe(ids.get(String(json.to)));
	});

	it('does not send again either where the node continued and the first item failed', async () => {
		fixture.standIn.faults.add({ kind: 'forbidden', times: 1, on: onSend(sendTo(recipient(0))) });
		const run = await fixture.run(faxOfUrl(toEach), {
			items: recipients(3),
			settings: { ...retrying, onError: 'continueRegularOutput' },
		});
		expect(
			faxes()
				.map(({ to }) => to)
				.sort(),
		).toEqual([0, 1, 2].map(recipient));
		expect(run.items.map(({ json }) => json.status)).toEqual(['queued', 'queued', 'queued']);
	});

	it('does not send again what stays refused or what was accepted, try after try', async () => {
		fixture.standIn.faults.add({ kind: 'forbidden', on: onSend(sendTo(recipient(0))) });
		const run = await fixture.run(faxOfUrl(toEach), {
			items: recipients(3),
			settings: { ...retrying, onError: 'continueRegularOutput' },
		});
		expect(posts().filter(({ status }) => status === 202)).toHaveLength(2);
		expect(posts().filter(({ status }) => status === 403)).toHaveLength(3);
		expect(run.items.map(({ json }) => json.error ?? json.status)).toEqual([
			expect.stringContaining('Forbidden'),
			'queued',
			'queued',
		]);
	});

	it('does not send again what may have been accepted: it is looked up again', async () => {
		fixture.standIn.faults.add({
			kind: 'error502',
			on: { method: 'GET', path: /faxes$/ },
			times: 16,
		});
		fixture.standIn.faults.add({
			kind: 'resetAfterAcceptance',
			times: 1,
			on: onSend(sendTo(recipient(0))),
		});
		fixture.standIn.faults.add({ kind: 'forbidden', times: 1, on: onSend(sendTo(recipient(1))) });
		const run = await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests: 1 } }), {
			items: recipients(2),
			settings: retrying,
		});
		expect(
			faxes()
				.map(({ to }) => to)
				.sort(),
		).toEqual([recipient(0), recipient(1)]);
		expect(run.items.map(({ json }) => json.status)).toEqual(['queued', 'queued']);
	});

	it('does not send again what stays unknown', async () => {
		fixture.standIn.faults.add({
			kind: 'resetBeforeAcceptance',
			on: onSend(sendTo(recipient(0))),
		});
		fixture.standIn.faults.add({ kind: 'forbidden', on: onSend(sendTo(recipient(1))) });
		const run = await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests: 1 } }), {
			items: recipients(2),
			settings: { ...retrying, onError: 'continueRegularOutput' },
		});
		expect(posts().filter(sendTo(recipient(0)))).toHaveLength(1);
		expect(run.items.map(({ json }) => json.error ?? json.status)).toEqual([
			'unknown',
			expect.stringContaining('Forbidden'),
		]);
	});

	it('does not send again a file that went out in an earlier try', async () => {
		const items: INodeExecutionData[] = [];
		for (const index of [0, 1]) {
			items.push({ ...(await itemWithFile()), json: { to: recipient(index) } });
		}
		fixture.standIn.faults.add({ kind: 'forbidden', times: 1, on: onSend(sendTo(recipient(1))) });
		await fixture.run(
			faxOfBinary({ ...toEach, options: { maxParallelRequests: 1, clientState: 'x' } }),
			{ items, settings: retrying },
		);
		expect(
			faxes()
				.map(({ to }) => to)
				.sort(),
		).toEqual([recipient(0), recipient(1)]);
	});

	it('shows an accepted fax even where Telnyx does not show it any more', async () => {
		fixture.standIn.faults.add({ kind: 'forbidden', times: 1, on: onSend(sendTo(recipient(1))) });
		fixture.standIn.faults.add({ kind: 'error502', on: { path: /\/faxes\/[^/]+$/ } });
		const run = await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests: 1 } }), {
			items: recipients(2),
			settings: retrying,
		});
		const [first] = faxes();
		expect(run.items).toMatchObject([{ json: { id: first.id } }, { json: { status: 'queued' } }]);
		expect(posts().filter(({ status }) => status === 202)).toHaveLength(2);
	});
});

describe('a loop', () => {
	it('sends in each of its runs', async () => {
		const run = await fixture.run(faxOfUrl(toEach), { items: recipients(3), batchSize: 1 });
		expect(run.runs).toHaveLength(3);
		expect(faxes().map(({ to }) => to)).toEqual([0, 1, 2].map(recipient));
	});

	it('sends in each of its runs even the same fax', async () => {
		const run = await fixture.run(faxOfUrl(), { items: itemsOf({}, {}, {}), batchSize: 1 });
		expect(faxes()).toHaveLength(3);
		expect(new Set(run.items.map(({ json }) => json.id)).size).toBe(3);
	});

	it('with Retry On Fail sends each fax once', async () => {
		fixture.standIn.faults.add({ kind: 'forbidden', times: 1, on: onSend(sendTo(recipient(3))) });
		const run = await fixture.run(faxOfUrl({ ...toEach, options: { maxParallelRequests: 1 } }), {
			items: recipients(6),
			batchSize: 2,
			settings: { retryOnFail: true, maxTries: 2 },
		});
		expect(run.status).toBe('success');
		expect(
			faxes()
				.map(({ to }) => to)
				.sort(),
		).toEqual([0, 1, 2, 3, 4, 5].map(recipient));
	});

	it('finds the fax of each run though the outcome of all is unclear', async () => {
		const content = await pdfDocument();
		const items = [await itemWithFile({ content }), await itemWithFile({ content })];
		fixture.standIn.faults.add({ kind: 'resetAfterAcceptance', on: onSend() });
		const run = await fixture.run(faxOfBinary(), { items, batchSize: 1 });
		expect(run.items.map(({ json }) => json.id)).toEqual(faxes().map(({ id }) => id));
	});
});

it('sends anew in another execution', async () => {
	await fixture.run(faxOfUrl());
	await fixture.run(faxOfUrl());
	expect(faxes()).toHaveLength(2);
});

it('mixes faults of all kinds without sending twice, losing or misreporting a fax', async () => {
	fixture.standIn.faults.random({
		seed: 4711,
		on: onSend(),
		mix: {
			resetBeforeAcceptance: 0.1,
			resetAfterAcceptance: 0.15,
			truncatedAnswer: 0.1,
			error500: 0.1,
			htmlError502: 0.1,
			tooManyRequests: 0.1,
		},
	});
	const count = 100;
	const items = Array.from({ length: count }, (_, index) => ({
		json: { to: `+1312555${String(1000 + index)}` },
	}));
	const run = await fixture.run(faxOfUrl(toEach), { items });
	expect(run.items).toHaveLength(count);
	const byNumber = new Map(faxes().map((fax) => [fax.to, fax.id]));
	expect(byNumber.size).toBe(faxes().length);
	for (const [index, { json }] of run.items.entries()) {
		expect(json.to).toBe(items[index].json.to);
		const id = byNumber.get(String(json.to));
		expect(json).toMatchObject(id ? { id } : { id: null, status: 'unknown' });
	}
});

/** Application and number, so that nothing has to be looked up before sending. */
function chosenSender() {
	return { faxApplicationId: locator(fixture.applicationId) };
}
