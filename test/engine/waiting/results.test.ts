import { createHash } from 'node:crypto';

import { pdfDocument } from '../../standin';
import { itemWithFile, numbers } from '../telnyxFax';
import { endFax } from './faxEvents';
import { itemsOf, resultsOf, useWaitingFax } from './waitingFax';

const fixture = useWaitingFax();

const threeItems = {
	items: ['+13125550001', '+13125550002', '+13125550003'].map((to) => ({ json: { to } })),
};

const toOfItem = { to: '={{ $json.to }}' };

const now = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

describe('one fax', () => {
	it('is sent with the resume URL of the execution, which is then parked', async () => {
		const run = await fixture.run();

		expect(run).toMatchObject({ status: 'waiting', error: undefined });
		const [sent, ...others] = fixture.calls('POST /faxes');
		expect(others).toEqual([]);
		expect(sent?.json).toMatchObject({
			to: numbers.recipient,
			webhook_url: expect.stringMatching(
				new RegExp(`^https://n8n\\.example\\.com/webhook-waiting/${run.executionId}\\?signature=`),
			),
		});
	});

	it('resumes the execution with its result when it is delivered', async () => {
		await fixture.run({ options: { clientState: '{"patient":4711}' } });
		const [fax] = fixture.faxes();

		expect((await fixture.finish(fax)).answer?.status).toBe(200);
		const run = await fixture.outcome();
		expect(run.status).toBe('success');
		expect(itemsOf(run)).toEqual([
			{
				json: {
					id: fax.id,
					status: 'delivered',
					final: true,
					direction: 'outbound',
					from: numbers.ours,
					to: numbers.recipient,
					pages: 2,
					failure: null,
					clientState: { patient: 4711 },
					createdAt: now,
					callSeconds: 25,
					retryable: false,
					finishedAt: now,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each([
		['user_busy', true, 120],
		['user_channel_limit_exceeded', true, 900],
		['receiver_decline', false, null],
		['a_reason_of_tomorrow', false, null],
	])('that fails with %s says so, retryable %s', async (reason, retryable, retryAfterSecs) => {
		await fixture.run();
		await fixture.finish(fixture.faxes()[0], reason);

		expect(resultsOf(await fixture.outcome())).toMatchObject([
			{
				status: 'failed',
				final: true,
				pages: null,
				callSeconds: null,
				retryable,
				failure: { reason, retryable, retryAfterSecs, meaning: expect.any(String) },
			},
		]);
	});

	it('from a binary file goes through Media Storage, because an upload has no webhook URL', async () => {
		const content = await pdfDocument({ pages: 3 });
		const run = await fixture.run(
			{ documentSource: 'binary' },
			{ items: [await itemWithFile({ content })] },
		);

		expect(run.status).toBe('waiting');
		const [upload] = fixture.calls('POST /media');
		const part = upload?.parts?.find(({ name }) => name === 'media');
		expect(part?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
		const [medium] = fixture.standIn.media.keys();
		expect(fixture.calls('POST /faxes')).toMatchObject([
			{ json: { media_name: medium, webhook_url: expect.any(String) } },
		]);
	});
});

describe('several faxes', () => {
	it('resume the execution once, when the last one is final, in the order of the items', async () => {
		await fixture.run(toOfItem, threeItems);
		const byNumber = new Map(fixture.faxes().map((fax) => [fax.to, fax]));
		const [first, second, third] = threeItems.items.map(({ json }) => byNumber.get(json.to));
		if (!first || !second || !third) throw new Error('A fax is missing');

		await fixture.finish(third, 'file_download_failed');
		expect(fixture.isParked()).toBe(true);
		await fixture.finish(first);
		expect(fixture.isParked()).toBe(true);
		await fixture.finish(second, 'user_busy');

		expect(itemsOf(await fixture.outcome())).toMatchObject([
			{
				json: { id: first.id, status: 'delivered', pages: 2, callSeconds: 25, finishedAt: now },
				pairedItem: { item: 0 },
			},
			{
				json: { id: second.id, status: 'failed', retryable: true, finishedAt: now },
				pairedItem: { item: 1 },
			},
			{
				json: { id: third.id, status: 'failed', retryable: false, finishedAt: now },
				pairedItem: { item: 2 },
			},
		]);
		expect((await fixture.deliver(second, 'failed')).answer?.status).toBe(409);
	});

	it('leave out what only a lost event knew where the log cannot be read either', async () => {
		fixture.standIn.faults.add({ kind: 'forbidden', on: { path: /webhook_deliveries/ } });
		await fixture.run(toOfItem, threeItems);
		const [lost, ...others] = fixture.faxes();
		endFax(lost);
		for (const fax of others) await fixture.finish(fax);

		const results = resultsOf(await fixture.outcome());
		expect(results.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']);
		expect(results.find(({ id }) => id === lost.id)).toMatchObject({
			final: true,
			callSeconds: null,
			finishedAt: now,
		});
	});

	it('are awaited though Telnyx refuses one at once, where the user chose to continue', async () => {
		const items = [{ json: { to: '+13125550001' } }, { json: { to: '12' } }];
		const run = await fixture.run(toOfItem, {
			items,
			settings: { onError: 'continueRegularOutput' },
		});

		expect(run.status).toBe('waiting');
		const [fax] = fixture.faxes();
		await fixture.finish(fax);
		expect(itemsOf(await fixture.outcome())).toMatchObject([
			{ json: { id: fax.id, status: 'delivered' }, pairedItem: { item: 0 } },
			{ json: { error: expect.stringContaining('To') }, pairedItem: { item: 1 } },
		]);
	});

	it('go to the error output at the end where they were refused', async () => {
		const items = [{ json: { to: '12' } }, { json: { to: '+13125550001' } }];
		await fixture.run(toOfItem, { items, settings: { onError: 'continueErrorOutput' } });
		await fixture.finish(fixture.faxes()[0]);

		const [done, refused] = (await fixture.outcome()).nodes['Send and wait']?.at(-1)?.outputs ?? [];
		expect(done).toMatchObject([{ json: { status: 'delivered' }, pairedItem: { item: 1 } }]);
		expect(refused).toMatchObject([
			{ json: { error: expect.stringContaining('To') }, pairedItem: { item: 0 } },
		]);
	});

	it('stop the node when Telnyx refuses one, which names those that were sent', async () => {
		fixture.standIn.faults.add({ kind: 'forbidden', on: { path: /faxes/ }, skip: 1 });
		const run = await fixture.run({ ...toOfItem, options: { maxParallelRequests: 1 } }, threeItems);

		expect(run.status).toBe('error');
		const [fax, ...others] = fixture.faxes();
		expect(others).toEqual([]);
		expect(run.error).toMatchObject({ description: expect.stringContaining(`item 0: ${fax.id}`) });
	});

	it('have nothing to wait for where all of them were refused', async () => {
		const run = await fixture.run(
			{ to: '12' },
			{ ...threeItems, settings: { onError: 'continueRegularOutput' } },
		);
		expect(run.status).toBe('success');
		expect(itemsOf(run)).toMatchObject([0, 1, 2].map((item) => ({ pairedItem: { item } })));
		expect(fixture.calls()).toEqual([]);
	});
});

describe('options given by expressions', () => {
	const patients = {
		items: [{ json: { patient: { id: 'a-1' }, mask: true } }, { json: { patient: { id: 'b-2' } } }],
	};

	it.each([
		'={{ $json.patient.id.toUpperCase() }}',
		"={{ $('Source').item.json.patient.id.toUpperCase() }}",
	])('%s do not keep the execution from resuming', async (clientState) => {
		await fixture.run({ options: { clientState } }, patients);
		for (const fax of fixture.faxes()) await fixture.finish(fax);

		const results = resultsOf(await fixture.outcome());
		expect(results).toMatchObject([{ clientState: 'A-1' }, { clientState: 'B-2' }]);
	});

	it('count for each item also when the execution is resumed', async () => {
		await fixture.run({ options: { maskNumbers: '={{ $json.mask === true }}' } }, patients);
		for (const fax of fixture.faxes()) await fixture.finish(fax);

		const results = resultsOf(await fixture.outcome());
		expect(results).toMatchObject([{ to: '+*******0002' }, { to: numbers.recipient }]);
	});
});
