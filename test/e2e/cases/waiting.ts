import { deliverEvent, endFax } from '../../engine/waiting/faxEvents';
import { chain, chosen, itemsOf, onDemand, telnyxFax } from '../../n8n/chain';
import type { ChainNode } from '../../n8n/chain';
import type { Execution } from '../../n8n/execution';
import type { WaitOptions } from '../../n8n/waitFor';
import { withNodeSettings } from '../../n8n/workflow';
import type { WorkflowJson } from '../../n8n/workflow';
import { magicNumbers } from '../../standin';
import type { Fax } from '../../standin';
import { isN8n1, known } from '../fixtures';
import type { Fixture } from '../fixtures';

const goodNumber = '+13127367276';

const otherNumber = '+13127367277';

const wentOnUrl = 'https://files.example.com/went-on.pdf';

/** Shows in the stand-in's downloads how often a workflow went on. */
const wentOn: ChainNode = {
	name: 'Went on',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { url: wentOnUrl, options: {} },
	settings: { executeOnce: true },
};

const fetchReferral: ChainNode = {
	name: 'Fetch referral',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		url: known.documentUrl,
		options: { response: { response: { responseFormat: 'file' } } },
	},
};

const byUrl = {
	faxApplicationId: chosen(known.applicationId),
	from: chosen(known.number),
	to: goodNumber,
	documentSource: 'url',
	mediaUrl: known.documentUrl,
};

function limitOf(seconds: number): Record<string, unknown> {
	const values = {
		limitType: 'afterTimeInterval',
		resumeAmount: seconds,
		resumeUnit: 'seconds',
	};
	return { limitWaitTime: { values } };
}

function sendAndWait(recipients: string[], parameters: Record<string, unknown> = {}): WorkflowJson {
	const { to = '={{ $json.value }}', ...more } = parameters;
	return chain(
		'Send and wait',
		onDemand,
		...itemsOf(recipients),
		telnyxFax('sendAndWaitForResult', { ...byUrl, to, ...more }),
		wentOn,
	);
}

/** Send and Wait for Result: when it goes on, with what, and what it survives. */
export function waitingCases(fixture: Fixture): void {
	const client = () => fixture.testBed.n8n.client;
	const start = async (workflow: WorkflowJson): Promise<string> => {
		const { id } = await client().createWorkflow(workflow);
		return await client().startWorkflow(id, onDemand.name);
	};
	const run = async (workflow: WorkflowJson, options?: WaitOptions): Promise<Execution> =>
		await client().executionEnd(await start(workflow), options);
	/** Starts a workflow and waits until it is parked. */
	const park = async (workflow: WorkflowJson): Promise<string> => {
		const id = await start(workflow);
		await client().executionEnd(id, { statuses: ['waiting'] });
		return id;
	};
	const faxTo = (number: string): Fax => {
		const fax = [...fixture.testBed.standIn.faxes.values()].find(({ to }) => to === number);
		if (!fax) throw new Error(`There is no fax to ${number}`);
		return fax;
	};
	const finish = async (fax: Fax, failureReason?: string): Promise<number | undefined> => {
		endFax(fax, failureReason);
		return (await deliverEvent(fixture.testBed.standIn, fax, fax.status)).answer?.status;
	};
	const timesWentOn = () =>
		fixture.testBed.standIn.downloads.filter(({ path }) => path === '/went-on.pdf').length;
	const statusOf = async (id: string) => (await client().execution(id)).status;
	const accepted = () =>
		fixture.testBed.standIn.requests.filter(
			({ method, path, status }) => method === 'POST' && path === '/v2/faxes' && status === 202,
		);

	beforeEach(() => {
		const { standIn } = fixture.testBed;
		standIn.serve(wentOnUrl, fixture.document);
		// Faxes stay queued until a test ends them.
		standIn.stepMs = 3_600_000;
	});

	afterAll(() => {
		fixture.testBed.standIn.stepMs = 25;
	});

	describe('at the pace of Telnyx', () => {
		beforeEach(() => {
			// Long enough to park before the first result.
			fixture.testBed.standIn.stepMs = 700;
		});

		it('goes on with the result of a file once it is delivered', async () => {
			const execution = await run(
				chain(
					'Send and wait',
					onDemand,
					fetchReferral,
					telnyxFax('sendAndWaitForResult', {
						...byUrl,
						documentSource: 'binary',
						options: { clientState: '{"patient":4711}' },
					}),
					wentOn,
				),
			);

			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Telnyx Fax')).toEqual([
				{
					json: {
						id: faxTo(goodNumber).id,
						status: 'delivered',
						final: true,
						direction: 'outbound',
						from: known.number,
						to: goodNumber,
						pages: 2,
						failure: null,
						clientState: { patient: 4711 },
						createdAt: expect.any(String),
						callSeconds: 50,
						retryable: false,
						finishedAt: expect.any(String),
					},
					pairedItem: { item: 0 },
				},
			]);
			const [medium] = fixture.testBed.standIn.media.values();
			expect(medium?.document.bytes.equals(fixture.document)).toBe(true);
			expect(timesWentOn()).toBe(1);
		});

		it('goes on once when all of several faxes are final, with a result for each item', async () => {
			const recipients = [goodNumber, magicNumbers.user_busy, magicNumbers.file_format_invalid];
			const execution = await run(sendAndWait(recipients));

			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Telnyx Fax')).toMatchObject([
				{
					json: { to: goodNumber, status: 'delivered', pages: 2, callSeconds: 50 },
					pairedItem: { item: 0 },
				},
				{
					json: {
						to: magicNumbers.user_busy,
						status: 'failed',
						retryable: true,
						failure: { reason: 'user_busy', retryAfterSecs: 120 },
					},
					pairedItem: { item: 1 },
				},
				{
					json: {
						to: magicNumbers.file_format_invalid,
						status: 'failed',
						retryable: false,
						failure: { reason: 'file_format_invalid', retryAfterSecs: null },
					},
					pairedItem: { item: 2 },
				},
			]);
			await fixture.testBed.standIn.settle();
			expect(timesWentOn()).toBe(1);
		});

		it('finds a fax that was final before anyone could take its event', async () => {
			fixture.testBed.standIn.stepMs = 25;
			fixture.testBed.standIn.faults.add({ kind: 'early', on: { event: 'fax.delivered' } });
			const execution = await run(sendAndWait([goodNumber]));

			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Telnyx Fax')).toMatchObject([
				{ json: { status: 'delivered', final: true, pages: 2 } },
			]);
			const [answer] = fixture.testBed.standIn.deliveries
				.filter(({ event }) => event.event_type === 'fax.delivered')
				.flatMap(({ attempts }) => attempts.map((attempt) => attempt.answer?.status));
			// n8n refuses it, with 409 or 500, because the execution is not parked yet.
			expect(answer).toBeGreaterThanOrEqual(400);
			expect(timesWentOn()).toBe(1);
		});

		it('goes on with what Telnyx says of a fax that is canceled meanwhile', async () => {
			const id = await park(sendAndWait([goodNumber]));
			const canceled = await run(
				chain(
					'Cancel',
					onDemand,
					telnyxFax('cancel', {
						faxId: { __rl: true, mode: 'id', value: faxTo(goodNumber).id },
					}),
				),
			);
			expect(canceled).toMatchObject({ status: 'success' });

			const execution = await client().executionEnd(id);
			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Telnyx Fax')).toMatchObject([
				{ json: { status: 'failed', failure: { reason: 'sender_canceled', retryable: false } } },
			]);
		});
	});

	it('ends at the time limit, with the id and the last status of each fax', async () => {
		// n8n looks for limits that have passed once a minute.
		const execution = await run(sendAndWait([goodNumber, otherNumber], { options: limitOf(5) }), {
			timeoutMs: 100_000,
		});

		expect(execution).toMatchObject({ status: 'success' });
		expect(execution.output('Telnyx Fax')).toMatchObject(
			[goodNumber, otherNumber].map((to, item) => ({
				json: { id: faxTo(to).id, to, status: 'queued', final: false, finishedAt: null },
				pairedItem: { item },
			})),
		);
		expect(timesWentOn()).toBe(1);
		expect(await finish(faxTo(goodNumber))).toBe(409);
	}, 120_000);

	it('goes on once with the results of 50 items in their order', async () => {
		const recipients = Array.from({ length: 50 }, (_, item) => `+13127360${100 + item}`);
		const id = await park(sendAndWait(recipients));
		const faxes = [...fixture.testBed.standIn.faxes.values()];
		expect(faxes).toHaveLength(50);
		// A few at a time: n8n takes few calls of resume URLs per second.
		for (let ended = 0; ended < faxes.length; ended += 5) {
			const together = faxes.slice(ended, ended + 5);
			const answers = await Promise.all(together.map(async (fax) => await finish(fax)));
			expect(answers).toContain(200);
			// n8n 1 takes no call any more while another one is resuming the execution.
			const others = isN8n1(fixture) ? [200, 409] : [200];
			for (const answer of answers) expect(others).toContain(answer);
		}

		const execution = await client().executionEnd(id);
		expect(execution).toMatchObject({ status: 'success' });
		expect(execution.output('Telnyx Fax')).toMatchObject(
			recipients.map((to, item) => ({
				json: { to, status: 'delivered', final: true },
				pairedItem: { item },
			})),
		);
		expect(timesWentOn()).toBe(1);
	}, 120_000);

	it('stays parked whatever comes that is not the result of one of its faxes', async () => {
		const { standIn } = fixture.testBed;
		const id = await park(sendAndWait([goodNumber, otherNumber]));
		const fax = faxTo(goodNumber);
		const answerTo = async (...event: Parameters<typeof deliverEvent>) =>
			(await deliverEvent(...event)).answer?.status;

		expect(await answerTo(standIn, fax, 'sending')).toBe(200);
		const unsigned = Buffer.alloc(64, 7).toString('base64');
		expect(
			await answerTo(standIn, fax, 'delivered', {
				mutate: ({ headers }) => {
					headers['telnyx-signature-ed25519'] = unsigned;
				},
			}),
		).toBe(401);
		const timestamp = Math.floor(Date.now() / 1000) - 400;
		expect(await answerTo(standIn, fax, 'delivered', { timestamp })).toBe(401);
		const foreign = standIn.addFax({ status: 'delivered' });
		expect(await answerTo(standIn, foreign, 'delivered', { url: fax.webhookUrl })).toBe(200);
		const [withoutToken] = fax.webhookUrl?.split('?') ?? [];
		// The resume URLs of n8n 1 have no token; the event is not the last result, and changes nothing.
		expect(await answerTo(standIn, fax, 'delivered', { url: withoutToken })).toBe(
			isN8n1(fixture) ? 200 : 401,
		);
		expect(await finish(fax)).toBe(200);
		expect(await answerTo(standIn, fax, 'delivered')).toBe(200);
		expect(await statusOf(id)).toBe('waiting');
		expect(timesWentOn()).toBe(0);

		expect(await finish(faxTo(otherNumber))).toBe(200);
		expect(await client().executionEnd(id)).toMatchObject({ status: 'success' });
		expect(await answerTo(standIn, faxTo(otherNumber), 'delivered')).toBe(409);
		expect(timesWentOn()).toBe(1);
	});

	it('goes on once when the last two results come at the same moment', async () => {
		for (let round = 0; round < 3; round++) {
			fixture.testBed.standIn.faxes.clear();
			const id = await park(sendAndWait([goodNumber, otherNumber]));
			const faxes = [faxTo(goodNumber), faxTo(otherNumber)];
			for (const fax of faxes) endFax(fax);
			await Promise.all(
				faxes.map(async (fax) => await deliverEvent(fixture.testBed.standIn, fax, 'delivered')),
			);

			const execution = await client().executionEnd(id);
			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Telnyx Fax')).toMatchObject([
				{ json: { to: goodNumber, status: 'delivered' } },
				{ json: { to: otherNumber, status: 'delivered' } },
			]);
			expect(timesWentOn()).toBe(round + 1);
		}
	});

	it('stays ended when the user has stopped it', async () => {
		const id = await park(sendAndWait([goodNumber]));
		await client().stopExecution(id);
		await client().executionEnd(id, { statuses: ['canceled'] });

		await finish(faxTo(goodNumber));
		expect(await statusOf(id)).toBe('canceled');
		expect(timesWentOn()).toBe(0);
	});

	describe('where Telnyx refuses an item at once', () => {
		beforeEach(() => {
			fixture.testBed.standIn.faults.add({
				kind: 'forbidden',
				on: {
					method: 'POST',
					path: /^\/v2\/faxes$/,
					when: ({ json }) => JSON.stringify(json).includes(otherNumber),
				},
			});
		});

		it('stops, and names the faxes that were sent', async () => {
			const execution = await run(
				sendAndWait([goodNumber, otherNumber], { options: { maxParallelRequests: 1 } }),
			);

			expect(execution).toMatchObject({
				status: 'error',
				error: {
					description: expect.stringContaining(faxTo(goodNumber).id),
					context: { itemIndex: 1 },
				},
			});
			expect(timesWentOn()).toBe(0);
		});

		it('awaits the others where the user chose to continue', async () => {
			const id = await park(
				withNodeSettings(sendAndWait([otherNumber, goodNumber]), 'Telnyx Fax', {
					onError: 'continueRegularOutput',
				}),
			);
			await finish(faxTo(goodNumber));

			expect((await client().executionEnd(id)).output('Telnyx Fax')).toMatchObject([
				{ json: { error: expect.any(String) }, pairedItem: { item: 0 } },
				{ json: { to: goodNumber, status: 'delivered' }, pairedItem: { item: 1 } },
			]);
		});

		it('awaits the others and uses the error output where the user chose that', async () => {
			const id = await park(
				withNodeSettings(sendAndWait([otherNumber, goodNumber]), 'Telnyx Fax', {
					onError: 'continueErrorOutput',
				}),
			);
			await finish(faxTo(goodNumber));

			const execution = await client().executionEnd(id);
			const failed = { json: { error: expect.any(String) }, pairedItem: { item: 0 } };
			const sent = { json: { to: goodNumber, status: 'delivered' }, pairedItem: { item: 1 } };
			// n8n 1 leaves failed items in the first output once an execution has waited.
			const outputs = isN8n1(fixture) ? [[failed, sent], []] : [[sent], [failed]];
			expect(execution.output('Telnyx Fax')).toMatchObject(outputs[0]);
			expect(execution.output('Telnyx Fax', 1)).toMatchObject(outputs[1]);
		});
	});

	it.each([
		['stops on errors', {}],
		['continues on errors', { onError: 'continueRegularOutput' }],
	])('sends nothing twice with Retry On Fail where it %s', async (_what, settings) => {
		fixture.testBed.standIn.faults.add({
			kind: 'forbidden',
			on: {
				method: 'POST',
				path: /^\/v2\/faxes$/,
				when: ({ json }) => JSON.stringify(json).includes(otherNumber),
			},
			times: 1,
		});
		const recipients = [otherNumber, goodNumber, '+13127367278'];
		const id = await park(
			withNodeSettings(sendAndWait(recipients), 'Telnyx Fax', {
				retryOnFail: true,
				waitBetweenTries: 100,
				...settings,
			}),
		);

		expect(accepted()).toHaveLength(3);
		for (const to of recipients) await finish(faxTo(to));
		const execution = await client().executionEnd(id);
		expect(execution.output('Telnyx Fax')).toMatchObject(
			recipients.map((to) => ({ json: { id: faxTo(to).id, to, status: 'delivered' } })),
		);
		expect(timesWentOn()).toBe(1);
	});

	it('goes on with its results though n8n was killed and started again meanwhile', async () => {
		const { n8n } = fixture.testBed;
		const id = await park(sendAndWait([goodNumber, otherNumber]));
		expect(await finish(faxTo(goodNumber))).toBe(200);
		await n8n.kill();
		await n8n.restart();
		expect(await statusOf(id)).toBe('waiting');

		expect(await finish(faxTo(otherNumber), 'user_busy')).toBe(200);
		const execution = await client().executionEnd(id);
		expect(execution).toMatchObject({ status: 'success' });
		expect(execution.output('Telnyx Fax')).toMatchObject([
			{ json: { to: goodNumber, status: 'delivered', pages: 2 }, pairedItem: { item: 0 } },
			{ json: { to: otherNumber, status: 'failed', retryable: true }, pairedItem: { item: 1 } },
		]);
		expect(timesWentOn()).toBe(1);
	}, 120_000);

	it('sends nothing where Telnyx could not reach this n8n, and names the setting', async () => {
		const { n8n, standIn } = fixture.testBed;
		await n8n.restart({ WEBHOOK_URL: 'http://localhost:5678/' });
		try {
			const execution = await run(sendAndWait([goodNumber]));
			expect(execution).toMatchObject({
				status: 'error',
				error: {
					message: expect.stringContaining('http://localhost:5678/'),
					description: expect.stringContaining('WEBHOOK_URL'),
				},
			});
			expect(standIn.requests).toEqual([]);
		} finally {
			await n8n.restart();
		}
	}, 120_000);
}
