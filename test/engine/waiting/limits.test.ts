import type { INodeParameters } from 'n8n-workflow';

import { resultsOf, itemsOf, useWaitingFax } from './waitingFax';
import { itemWithFile } from '../telnyxFax';

const fixture = useWaitingFax();

function limitOf(values: INodeParameters): INodeParameters {
	return { limitWaitTime: { values } };
}

const twoItems = { items: [{ json: { to: '+13125550001' } }, { json: { to: '+13125550002' } }] };

describe('the time limit', () => {
	it('is one hour unless the user sets another', async () => {
		const before = Date.now();
		const { waitTill } = await fixture.run();
		expect(waitTill?.getTime()).toBeGreaterThanOrEqual(before + 3_600_000);
		expect(waitTill?.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
	});

	it('can be an interval or a time', async () => {
		const before = Date.now();
		const options = limitOf({
			limitType: 'afterTimeInterval',
			resumeAmount: 2,
			resumeUnit: 'days',
		});
		const interval = await fixture.run({ options });
		expect(Number(interval.waitTill) - before).toBeGreaterThanOrEqual(2 * 86_400_000);

		const maxDateAndTime = '2099-12-31T12:00:00.000Z';
		const time = await fixture.run({
			options: limitOf({ limitType: 'atSpecifiedTime', maxDateAndTime }),
		});
		expect(time.waitTill).toEqual(new Date(maxDateAndTime));
	});

	it.each<INodeParameters>([
		{ resumeAmount: 1e15, resumeUnit: 'days' },
		{ resumeAmount: 0, resumeUnit: 'hours' },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-01T00:00:00Z' },
		{ limitType: 'atSpecifiedTime', maxDateAndTime: '' },
	])('%j is refused before anything is sent', async (values) => {
		const run = await fixture.run({ options: limitOf(values) });
		expect(run).toMatchObject({ status: 'error', error: { message: expect.any(String) } });
		expect(fixture.calls()).toEqual([]);
	});

	it('that is none makes error items where the user chose to continue', async () => {
		const run = await fixture.run(
			{ to: '={{ $json.to }}', options: limitOf({ resumeAmount: 0 }) },
			{ ...twoItems, settings: { onError: 'continueRegularOutput' } },
		);
		expect(run.status).toBe('success');
		expect(itemsOf(run)).toMatchObject(
			[0, 1].map((item) => ({
				json: { error: expect.stringContaining('Limit Wait Time') },
				pairedItem: { item },
			})),
		);
		expect(fixture.calls()).toEqual([]);
	});

	it('gives every fax with its id and last known status when it is reached', async () => {
		await fixture.run({ to: '={{ $json.to }}' }, twoItems);
		const run = await fixture.timeOut();

		expect(run.status).toBe('success');
		const ids = fixture.faxes().map(({ id }) => id);
		expect(itemsOf(run)).toMatchObject(
			[0, 1].map((item) => ({
				json: {
					id: expect.stringMatching(ids.join('|')),
					to: twoItems.items[item]?.json.to,
					status: 'queued',
					final: false,
					finishedAt: null,
				},
				pairedItem: { item },
			})),
		);
	});

	it('that passes while the faxes are being sent gives what is known, and fails nothing', async () => {
		fixture.standIn.faults.add({
			kind: 'lateAnswer',
			ms: 1500,
			on: { method: 'POST', path: /faxes/ },
		});
		const maxDateAndTime = new Date(Date.now() + 1000).toISOString();
		const run = await fixture.run({
			options: limitOf({ limitType: 'atSpecifiedTime', maxDateAndTime }),
		});

		expect(run).toMatchObject({ status: 'success', error: undefined });
		expect(resultsOf(run)).toMatchObject([
			{ id: fixture.faxes()[0]?.id, status: 'queued', final: false },
		]);
	});
});

it('sends nothing where one of several items cannot say whether to delete its fax', async () => {
	const options = { deleteAfterDelivery: '={{ $json.to.endsWith("2") ? "maybe" : true }}' };
	const run = await fixture.run({ to: '={{ $json.to }}', options }, twoItems);
	expect(run.error?.message).toContain('"Delete After Delivery" of item 1');
	expect(fixture.calls()).toEqual([]);
});

describe('a resume URL that Telnyx cannot reach', () => {
	it.each(['http://localhost:5678/', 'http://192.168.1.5:5678/', 'http://n8n:5678/'])(
		'%s is refused before anything is sent, with the name of the setting',
		async (url) => {
			const run = await fixture.run({}, { url });
			expect(run.status).toBe('error');
			expect(run.error).toMatchObject({
				message: expect.stringContaining(url),
				description: expect.stringContaining('WEBHOOK_URL'),
			});
			expect(fixture.calls()).toEqual([]);
		},
	);
});

describe('a fax whose outcome is unknown', () => {
	it('is not awaited, and keeps saying so beside those that are', async () => {
		fixture.standIn.faults.add({
			kind: 'resetBeforeAcceptance',
			on: { method: 'POST', path: /^\/v2\/faxes$/ },
			times: 1,
		});
		await fixture.run({ options: { maxParallelRequests: 1 } }, twoItems);
		await fixture.finish(fixture.faxes()[0]);

		expect(resultsOf(await fixture.outcome())).toMatchObject([
			{ id: null, status: 'unknown', final: false },
			{ status: 'delivered', final: true },
		]);
	}, 30_000);
});

describe('a fax that is final before the execution is parked', () => {
	it('is found by reading it, and nothing is parked', async () => {
		fixture.standIn.stepMs = 20;
		fixture.standIn.faults.add({ kind: 'early', on: { event: 'fax.failed' } });
		const run = await fixture.run({ mediaUrl: 'https://documents.example.com/missing.pdf' });
		fixture.standIn.stepMs = 3_600_000;

		expect(run.status).toBe('success');
		expect(resultsOf(run)).toMatchObject([
			{ status: 'failed', final: true, failure: { reason: 'file_download_failed' } },
		]);
		const attempts = fixture.standIn.deliveries.flatMap((delivery) => delivery.attempts);
		expect(attempts.map(({ answer }) => answer?.status)).toContain(409);
	});
});

describe('Retry On Fail', () => {
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('sends nothing twice, and awaits what earlier tries sent', async () => {
		fixture.standIn.faults.add({
			kind: 'forbidden',
			on: { method: 'POST', path: /^\/v2\/faxes$/ },
			skip: 1,
			times: 1,
		});
		const run = await fixture.run(
			{ to: '={{ $json.to }}', options: { maxParallelRequests: 1 } },
			{ ...twoItems, settings },
		);

		expect(run.status).toBe('waiting');
		expect(fixture.faxes()).toHaveLength(2);
		for (const fax of fixture.faxes()) await fixture.finish(fax);
		expect(resultsOf(await fixture.outcome())).toMatchObject([
			{ to: '+13125550001', status: 'delivered' },
			{ to: '+13125550002', status: 'delivered' },
		]);
	});

	it('sends again what was refused, from the items as they came, where the user chose to continue', async () => {
		fixture.standIn.faults.add({
			kind: 'forbidden',
			on: { method: 'POST', path: /^\/v2\/faxes$/ },
			times: 1,
		});
		const file = await itemWithFile();
		const run = await fixture.run(
			{ to: '={{ $json.to }}', documentSource: 'binary', options: { maxParallelRequests: 1 } },
			{
				items: twoItems.items.map(({ json }) => ({ json, binary: file.binary })),
				settings: { ...settings, onError: 'continueRegularOutput' },
			},
		);

		expect(run.status).toBe('waiting');
		expect(fixture.faxes()).toHaveLength(2);
		for (const fax of fixture.faxes()) await fixture.finish(fax);
		expect(resultsOf(await fixture.outcome())).toMatchObject([
			{ to: '+13125550001', status: 'delivered' },
			{ to: '+13125550002', status: 'delivered' },
		]);
	});

	it('awaits the others after the last try where an item stays refused', async () => {
		const items = [{ json: { to: '12' } }, { json: { to: '+13125550001' } }];
		const run = await fixture.run(
			{ to: '={{ $json.to }}' },
			{ items, settings: { ...settings, onError: 'continueRegularOutput' } },
		);

		expect(run.status).toBe('waiting');
		const [fax, ...others] = fixture.faxes();
		expect(others).toEqual([]);
		await fixture.finish(fax);
		expect(resultsOf(await fixture.outcome())).toMatchObject([
			{ error: expect.any(String) },
			{ id: fax.id, status: 'delivered' },
		]);
	});
});
