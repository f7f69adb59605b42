import type { ApiFaultKind } from '../standin';
import { useShortTimeouts } from './shortTimeouts';
import { faxOfUrl, locator, nameOf, numbers, useTelnyxFax } from './telnyxFax';

jest.mock('n8n-workflow', () =>
	jest.requireActual<typeof import('./withoutPauses')>('./withoutPauses').withoutPauses(),
);

const fixture = useTelnyxFax();
useShortTimeouts();

const id = '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e';
const onFax = (operation: string) => ({ resource: 'fax', operation, faxId: locator(id) });
const names = () => fixture.calls().map(nameOf);

const passing: ApiFaultKind[] = [
	'resetBeforeAcceptance',
	'resetAfterAcceptance',
	'truncatedAnswer',
	'noAnswerBeforeAcceptance',
	'error500',
	'error502',
	'error503',
	'htmlError502',
	'tooManyRequests',
	'tooManyRequestsRetryAfter',
];

const faulty = passing.filter((kind) => !kind.startsWith('tooMany'));

beforeEach(() => {
	fixture.standIn.addFax({ id, status: 'sending' });
});

describe('a read', () => {
	it.each(passing)('is tried again after %s', async (kind) => {
		fixture.standIn.faults.add({ kind, times: 2 });
		const run = await fixture.run(onFax('get'));
		expect(run.items).toMatchObject([{ json: { id } }]);
		expect(names()).toEqual(Array(3).fill(`GET /faxes/${id}`));
	});

	it.each(faulty)('fails after four tries with nothing but %s', async (kind) => {
		fixture.standIn.faults.add({ kind });
		const run = await fixture.run(onFax('get'));
		expect(run).toMatchObject({ status: 'error', items: [] });
		expect(names()).toHaveLength(4);
		expect(run.error?.description).not.toBe('');
	});

	it('fails after eight tries where the limit stays exhausted', async () => {
		fixture.standIn.faults.add({ kind: 'tooManyRequests' });
		const run = await fixture.run(onFax('get'));
		expect(run.error).toMatchObject({
			httpCode: '429',
			message:
				'Too many requests: You have exceeded the maximum number of allowed requests. (code 10011)',
			description: 'Wait a minute, or lower Max Parallel Requests',
		});
		expect(names()).toHaveLength(8);
	});

	it('fails at once where Telnyx asks for a long pause', async () => {
		const retryAfterSecs = 3600;
		fixture.standIn.faults.add({ kind: 'tooManyRequestsRetryAfter', retryAfterSecs });
		const run = await fixture.run(onFax('get'));
		expect(run.error).toMatchObject({ httpCode: '429' });
		expect(names()).toHaveLength(1);
	});

	it('of a page that fails does not lose the list', async () => {
		for (let count = 0; count < 600; count++) fixture.standIn.addFax();
		const when = ({ query }: { query: object }) => JSON.stringify(query).includes('"number":"2"');
		fixture.standIn.faults.add({ kind: 'error502', times: 1, on: { when } });
		const run = await fixture.run({ resource: 'fax', operation: 'getAll', returnAll: true });
		expect(new Set(run.items.map(({ json }) => json.id)).size).toBe(601);
	});

	it('waits as long as Telnyx asks', async () => {
		const retryAfterSecs = 30;
		fixture.standIn.faults.add({ kind: 'tooManyRequestsRetryAfter', times: 1, retryAfterSecs });
		await fixture.run(onFax('get'));
		const [first, second] = fixture.calls();
		expect(second.at - first.at).toBeGreaterThanOrEqual(30_000);
	});
});

describe('a refusal', () => {
	it.each([
		['unauthorized', '401', 'Authentication failed', 'Check the API key in the credential'],
		['forbidden', '403', 'Forbidden', 'The API key is valid, but not allowed to do this'],
	] as const)(
		'%s is reported at once, not tried again',
		async (kind, httpCode, words, nextStep) => {
			fixture.standIn.faults.add({ kind });
			const run = await fixture.run(onFax('get'));
			expect(run.error).toMatchObject({
				httpCode,
				message: expect.stringContaining(words),
				description: expect.stringContaining(nextStep),
				context: { itemIndex: 0, outcome: 'refused' },
			});
			expect(names()).toHaveLength(1);
		},
	);

	it('of a wrong key says what to check', async () => {
		const run = await fixture.engineWithKey('wrong').runNode({ parameters: onFax('get') });
		expect(run.error).toMatchObject({
			httpCode: '401',
			description: 'Check the API key in the credential',
		});
	});

	it('of a key without rights says something else', async () => {
		const { restrictedApiKey } = fixture.standIn;
		const run = await fixture.engineWithKey(restrictedApiKey).runNode({ parameters: onFax('get') });
		expect(run.error).toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('not allowed to do this'),
		});
	});

	it('does not come from a key that was pasted with blanks around it', async () => {
		const { apiKey } = fixture.standIn;
		const run = await fixture.engineWithKey(` ${apiKey}\n`).runNode({ parameters: onFax('get') });
		expect(run.items).toMatchObject([{ json: { id } }]);
	});

	it('lists everything that Telnyx found wrong, in its words, with codes and places', async () => {
		fixture.standIn.errorDialect = 'codes';
		const run = await fixture.run(
			faxOfUrl({
				from: locator('+13125559999', 'number'),
				faxApplicationId: locator('1'),
			}),
		);
		fixture.standIn.errorDialect = 'status';
		expect(run.error).toMatchObject({
			message:
				'Bad Request: Invalid value for connection_id (Fax Application ID) (code 10015, at /connection_id); ' +
				'Invalid number: from: +13125559999 is not a number of this account (code 10002, at /from)',
			description: 'Check the number',
			httpCode: '422',
			context: {
				data: { errors: [{ code: '10015' }, { code: '10002' }] },
			},
		});
	});
});

describe('a gateway in trouble', () => {
	it('is reported with what it sent, where that is HTML', async () => {
		fixture.standIn.faults.add({ kind: 'htmlError502' });
		const run = await fixture.run(onFax('get'));
		expect(run.error).toMatchObject({
			message: `Telnyx answered GET /faxes/${id} with status 502 and no explanation`,
			description: 'Telnyx has a problem: try again later, and check status.telnyx.com',
			httpCode: '502',
			context: { data: { answer: expect.stringContaining('502 Bad Gateway') } },
		});
	});

	it.each(['resetBeforeAcceptance', 'noAnswerBeforeAcceptance', 'truncatedAnswer'] as const)(
		'that plays %s is reported as a broken connection',
		async (kind) => {
			fixture.standIn.faults.add({ kind });
			const run = await fixture.run(onFax('get'));
			expect(run.error?.message).toBe(
				`The connection broke or timed out before Telnyx answered GET /faxes/${id}`,
			);
			expect(run.error?.description).toContain('firewall, proxy, DNS');
		},
	);
});

describe('a change that may be made twice', () => {
	it.each(faulty.filter((kind) => kind !== 'truncatedAnswer'))(
		'deleting a fax: is repeated after %s',
		async (kind) => {
			fixture.standIn.faults.add({ kind, times: 1 });
			const run = await fixture.run(onFax('delete'));
			expect(run.items).toMatchObject([{ json: { deleted: true, id } }]);
			expect(names()).toHaveLength(2);
		},
	);

	it('deleting a fax: needs no answer that can be read', async () => {
		fixture.standIn.faults.add({ kind: 'error500AfterAcceptance', times: 1 });
		const run = await fixture.run(onFax('delete'));
		expect(run.items).toMatchObject([{ json: { deleted: true, id } }]);
	});

	it.each(faulty)('updating an application: is repeated after %s', async (kind) => {
		fixture.standIn.faults.add({ kind, times: 1, on: { method: 'PATCH' } });
		const run = await fixture.run({
			resource: 'faxApplication',
			operation: 'update',
			faxApplicationId: locator(fixture.applicationId),
			updateFields: { applicationName: 'New name' },
		});
		expect(run.items).toMatchObject([{ json: { applicationName: 'New name' } }]);
		expect(fixture.calls(`PATCH /fax_applications/${fixture.applicationId}`)).toHaveLength(2);
	});

	it.each(faulty)('renewing a link: is repeated after %s', async (kind) => {
		fixture.standIn.faxes.clear();
		fixture.standIn.stepMs = 1;
		const { id: received } = fixture.standIn.receiveFax({
			to: numbers.ours,
			from: numbers.recipient,
		});
		await fixture.standIn.settle();
		fixture.standIn.faults.add({ kind, times: 1, on: { method: 'POST' } });
		const run = await fixture.run({ ...onFax('refresh'), faxId: locator(received) });
		expect(run.items).toMatchObject([{ json: { id: received } }]);
	});
});

describe('cancelling a fax', () => {
	it.each(faulty)('is repeated after %s', async (kind) => {
		fixture.standIn.faults.add({ kind, times: 1, on: { method: 'POST' } });
		const run = await fixture.run(onFax('cancel'));
		expect(run.items).toMatchObject([{ json: { cancelRequested: true, id } }]);
		expect(fixture.standIn.faxes.get(id)?.cancelRequested).toBe(true);
	});

	it('is settled by reading the fax where a repetition comes too late', async () => {
		const { faults, faxes } = fixture.standIn;
		faults.add({ kind: 'resetAfterAcceptance', times: 1, on: { method: 'POST' } });
		const when = () => {
			if (fixture.calls(`POST /faxes/${id}/actions/cancel`).length === 2) {
				Object.assign(faxes.get(id) ?? {}, { status: 'failed', failureReason: 'sender_canceled' });
			}
			return false;
		};
		faults.add({ kind: 'error500', on: { method: 'POST', when } });
		const run = await fixture.run(onFax('cancel'));
		expect(fixture.calls().map(({ status }) => status)).toEqual([undefined, 422, 200]);
		expect(run.items).toMatchObject([{ json: { cancelRequested: true, status: 'failed' } }]);
	});
});

describe('a change that must not be made twice', () => {
	it.each(faulty)('creating an application: is not repeated after %s', async (kind) => {
		fixture.standIn.faults.add({ kind });
		const run = await fixture.run({
			resource: 'faxApplication',
			operation: 'create',
			applicationName: 'New',
			webhookEventUrl: 'https://example.com/events',
		});
		expect(run.status).toBe('error');
		expect(names()).toEqual(['POST /fax_applications']);
		expect(run.error?.description).toBe(
			'It may have been created: look for it with Get Many before you create it once more',
		);
	});

	it('creating an application: is repeated after a 429, which did nothing', async () => {
		fixture.standIn.faults.add({ kind: 'tooManyRequests', times: 1 });
		const run = await fixture.run({
			resource: 'faxApplication',
			operation: 'create',
			applicationName: 'New',
			webhookEventUrl: 'https://example.com/events',
		});
		expect(run.items).toMatchObject([{ json: { applicationName: 'New' } }]);
		expect(names()).toHaveLength(2);
	});
});
