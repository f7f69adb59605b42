import { busyFirst, pdfDocument } from '../standin';
import type { Fax } from '../standin';
import { faxOfUrl, itemsOf, locator, nameOf, numbers, useTelnyxFax } from './telnyxFax';

const fixture = useTelnyxFax({ stepMs: 5 });

const uuid = '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e';

const forFax = (operation: string, id: string, more = {}) => ({
	resource: 'fax',
	operation,
	faxId: locator(id),
	...more,
});

const names = () => fixture.calls().map(nameOf);

async function receivedFax(): Promise<Fax> {
	const fax = fixture.standIn.receiveFax({
		to: numbers.ours,
		from: numbers.recipient,
		document: await pdfDocument(),
	});
	await fixture.standIn.settle();
	fixture.standIn.requests.length = 0;
	return fax;
}

describe('Get', () => {
	it('shows a fax in short', async () => {
		fixture.standIn.addFax({ id: uuid, status: 'failed', failureReason: 'user_busy' });
		const run = await fixture.run(forFax('get', uuid));
		expect(names()).toEqual([`GET /faxes/${uuid}`]);
		expect(run.items).toEqual([
			{
				json: {
					id: uuid,
					status: 'failed',
					final: true,
					direction: 'outbound',
					from: numbers.ours,
					to: numbers.ours2,
					pages: null,
					failure: {
						reason: 'user_busy',
						meaning: 'The line was busy',
						nextStep: 'Try again in a few minutes, or at off-peak hours',
						retryable: true,
						retryAfterSecs: 120,
					},
					clientState: null,
					createdAt: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('shows it whole without Simplify', async () => {
		const fax = fixture.standIn.addFax({ id: uuid });
		const run = await fixture.run(forFax('get', uuid, { simplify: false }));
		expect(run.items[0].json).toMatchObject({
			record_type: 'fax',
			id: uuid,
			connection_id: fax.connectionId,
			failure_reason: null,
			internal_failure_reason: null,
			webhook_url: 'https://example.com/unused',
			webhook_failover_url: '',
		});
	});

	it('tells what becomes of a fax that was sent', async () => {
		const to = busyFirst(1);
		const [{ json }] = (await fixture.run(faxOfUrl({ to }))).items;
		await fixture.standIn.settle();
		const [after] = (await fixture.run(forFax('get', String(json.id)))).items;
		expect(after.json).toMatchObject({ final: true, status: 'failed', to });
	});

	it.each([
		['from the list', locator(uuid, 'list')],
		['by id', locator(` ${uuid} `)],
		['as text of an expression', `={{ "${uuid}" }}`],
	])('takes the fax %s', async (_how, faxId) => {
		fixture.standIn.addFax({ id: uuid });
		const run = await fixture.run({ resource: 'fax', operation: 'get', faxId });
		expect(run.items).toMatchObject([{ json: { id: uuid } }]);
	});
});

describe('Get Many', () => {
	const ids = (rows: Fax[]) => rows.map(({ id }) => id);

	/** Faxes of which each is a second newer than the one before. */
	function addFaxes(count: number, fields: Partial<Fax> = {}): Fax[] {
		const start = Date.parse('2026-05-31T08:00:00Z');
		return Array.from({ length: count }, (_, index) =>
			fixture.standIn.addFax({ createdAt: start + index * 1000, ...fields }),
		);
	}

	it('gives the newest 50 by default, in the order of Telnyx', async () => {
		const faxes = addFaxes(60);
		const run = await fixture.run({ resource: 'fax', operation: 'getAll' });
		expect(run.items.map(({ json }) => json.id)).toEqual(ids(faxes).reverse().slice(0, 50));
		expect(new Set(run.items.map(({ pairedItem }) => JSON.stringify(pairedItem)))).toEqual(
			new Set(['{"item":0}']),
		);
		expect(fixture.calls()).toMatchObject([{ query: { page: { number: '1', size: '50' } } }]);
	});

	it.each([1, 249, 250, 251, 500, 501])('gives all %i where all are wanted', async (count) => {
		const faxes = addFaxes(count);
		const run = await fixture.run({ resource: 'fax', operation: 'getAll', returnAll: true });
		expect(run.items.map(({ json }) => json.id)).toEqual(ids(faxes).reverse());
	});

	it.each([1, 250, 251, 400])('stops at the limit of %i', async (limit) => {
		addFaxes(420);
		const run = await fixture.run({ resource: 'fax', operation: 'getAll', limit });
		expect(run.items).toHaveLength(limit);
	});

	it('gives no item where there is no fax', async () => {
		const run = await fixture.run({ resource: 'fax', operation: 'getAll', returnAll: true });
		expect(run).toMatchObject({ status: 'success', items: [] });
	});

	it('sends each filter as Telnyx names it', async () => {
		await fixture.run({
			resource: 'fax',
			operation: 'getAll',
			filters: {
				direction: 'inbound',
				from: '+1 312 555 0002',
				to: '+1 (312) 579-0015',
				createdAfter: '2026-05-01T00:00:00+02:00',
				createdBefore:
					'={{ $now.set({ year: 2026, month: 6 }).startOf("month").toUTC().startOf("month") }}',
			},
		});
		expect(fixture.calls()[0].query).toEqual({
			filter: {
				direction: { eq: 'inbound' },
				from: { eq: '+13125550002' },
				to: { eq: '+13125790015' },
				created_at: { gte: '2026-04-30T22:00:00.000Z', lte: '2026-06-01T00:00:00.000Z' },
			},
			page: { number: '1', size: '50' },
		});
	});

	it('can leave out the boundaries of the times', async () => {
		await fixture.run({
			resource: 'fax',
			operation: 'getAll',
			filters: {
				createdAfter: '2026-05-01T00:00:00Z',
				createdBefore: '2026-06-01T00:00:00Z',
				excludeBoundaries: true,
			},
		});
		expect(fixture.calls()[0].query).toMatchObject({
			filter: {
				created_at: { gt: '2026-05-01T00:00:00.000Z', lt: '2026-06-01T00:00:00.000Z' },
			},
		});
	});

	it('reads times without offset in the time zone of the workflow', async () => {
		const { status } = await fixture.engine.runWorkflow({
			nodes: [
				{
					name: 'Telnyx Fax',
					type: 'telnyxFax',
					parameters: {
						resource: 'fax',
						operation: 'getAll',
						filters: { createdAfter: '2026-05-01T00:00:00' },
					},
				},
			],
			connections: {},
			settings: { timezone: 'America/New_York' },
		});
		expect(status).toBe('success');
		expect(fixture.calls()[0].query).toMatchObject({
			filter: { created_at: { gte: '2026-05-01T04:00:00.000Z' } },
		});
	});

	it('gives only what passes the filters', async () => {
		const wanted = addFaxes(3, { direction: 'inbound', from: numbers.recipient });
		addFaxes(3, { direction: 'inbound', from: numbers.free });
		addFaxes(3, { direction: 'outbound', from: numbers.recipient });
		const run = await fixture.run({
			resource: 'fax',
			operation: 'getAll',
			returnAll: true,
			filters: { direction: 'inbound', from: numbers.recipient },
		});
		expect(run.items.map(({ json }) => json.id)).toEqual(ids(wanted).reverse());
	});

	it('reads return all, limit and filters for each item', async () => {
		addFaxes(5);
		const run = await fixture.run(
			{ resource: 'fax', operation: 'getAll', limit: '={{ $json.limit }}' },
			{ items: itemsOf({ limit: 2 }, { limit: 1 }) },
		);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
		]);
	});
});

describe('Cancel', () => {
	it('says what was asked for and how the fax stands, and claims no more', async () => {
		fixture.standIn.addFax({ id: uuid, status: 'sending' });
		const run = await fixture.run(forFax('cancel', uuid));
		expect(names()).toEqual([`POST /faxes/${uuid}/actions/cancel`, `GET /faxes/${uuid}`]);
		expect(run.items).toMatchObject([
			{
				json: { cancelRequested: true, id: uuid, status: 'sending', final: false },
				pairedItem: { item: 0 },
			},
		]);
		expect(fixture.standIn.faxes.get(uuid)?.cancelRequested).toBe(true);
	});

	it('adds to the whole fax without Simplify', async () => {
		fixture.standIn.addFax({ id: uuid, status: 'queued' });
		const run = await fixture.run(forFax('cancel', uuid, { simplify: false }));
		expect(run.items[0].json).toMatchObject({ cancelRequested: true, record_type: 'fax' });
	});

	it.each(['delivered', 'failed'] as const)(
		'of a fax that is %s fails with the reason',
		async (status) => {
			fixture.standIn.addFax({ id: uuid, status });
			const run = await fixture.run(forFax('cancel', uuid));
			expect(run).toMatchObject({ status: 'error', items: [] });
			expect(run.error).toMatchObject({
				message: `Unprocessable Entity: The fax can not be cancelled in the status ${status} (code 422)`,
				httpCode: '422',
			});
		},
	);

	it('of a received fax fails', async () => {
		fixture.standIn.addFax({ id: uuid, direction: 'inbound', status: 'receiving' });
		const run = await fixture.run(forFax('cancel', uuid));
		expect(run.error).toMatchObject({ httpCode: '422' });
	});
});

describe('Refresh Media URL', () => {
	it('gives the new link', async () => {
		const { id, mediaUrl } = await receivedFax();
		fixture.standIn.expireLinks();
		const run = await fixture.run(forFax('refresh', id));
		expect(names()).toEqual([`POST /faxes/${id}/actions/refresh`, `GET /faxes/${id}`]);
		const fax = fixture.standIn.faxes.get(id);
		expect(fax?.mediaUrl).not.toBe(mediaUrl);
		expect(run.items).toMatchObject([
			{ json: { id, mediaUrl: fax?.mediaUrl, status: 'received' }, pairedItem: { item: 0 } },
		]);
	});

	it('gives the whole fax without Simplify', async () => {
		const { id } = await receivedFax();
		const run = await fixture.run(forFax('refresh', id, { simplify: false }));
		expect(run.items[0].json).toMatchObject({ record_type: 'fax', media_url: expect.any(String) });
	});

	it('of a sent fax fails in the words of Telnyx', async () => {
		fixture.standIn.addFax({ id: uuid });
		const run = await fixture.run(forFax('refresh', uuid));
		expect(run.error?.message).toContain('Only received faxes can be refreshed');
	});
});

describe('Delete', () => {
	it('deletes the fax and says so', async () => {
		fixture.standIn.addFax({ id: uuid });
		const run = await fixture.run(forFax('delete', uuid));
		expect(names()).toEqual([`DELETE /faxes/${uuid}`]);
		expect(run.items).toEqual([{ json: { deleted: true, id: uuid }, pairedItem: { item: 0 } }]);
		expect(fixture.standIn.faxes.size).toBe(0);
	});

	it('a second time fails, because nobody knows the fax any more', async () => {
		fixture.standIn.addFax({ id: uuid });
		await fixture.run(forFax('delete', uuid));
		const run = await fixture.run(forFax('delete', uuid));
		expect(run.error).toMatchObject({
			message: 'Not Found: The requested resource does not exist (code 404)',
			description: 'Check the ID: it may be mistyped, deleted, or belong to another Telnyx account',
			httpCode: '404',
		});
	});
});

it.each(['get', 'cancel', 'refresh', 'delete', 'download'])(
	'%s of an unknown fax fails with what to check, in both dialects of Telnyx',
	async (operation) => {
		for (const dialect of ['status', 'codes'] as const) {
			fixture.standIn.errorDialect = dialect;
			const run = await fixture.run(forFax(operation, uuid));
			expect(run.error).toMatchObject({
				message: expect.stringContaining('The requested resource does not exist'),
				description: expect.stringContaining('Check the ID'),
				httpCode: '404',
				context: { itemIndex: 0, data: { errors: [expect.any(Object)] } },
			});
		}
		fixture.standIn.errorDialect = 'status';
	},
);
