import axios from 'axios';

import { onDemand } from '../../n8n/chain';
import type { Execution } from '../../n8n/execution';
import { waitFor } from '../../n8n/waitFor';
import { withParameters } from '../../n8n/workflow';
import type { WorkflowJson } from '../../n8n/workflow';
import { busyFirst, magicNumbers } from '../../standin';
import { readExample, withChoices } from '../exampleFiles';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

const goodNumber = '+13127367276';

/** The examples with Send and Wait for Result, as their users run them. */
export function waitingExampleCases(fixture: Fixture): void {
	const sentTo = (number: string): number =>
		[...fixture.testBed.standIn.faxes.values()].filter(({ to }) => to === number).length;

	beforeEach(() => {
		// Long enough to park before the result.
		fixture.testBed.standIn.stepMs = 400;
	});

	afterAll(() => {
		fixture.testBed.standIn.stepMs = 25;
	});

	describe('retry-busy-fax.json', () => {
		/** The example with faxes to these numbers, and pauses of a second. */
		const runFor = async (...numbers: string[]): Promise<Execution> => {
			const example = withChoices(await readExample('retry-busy-fax'));
			const workflow: WorkflowJson = {
				...withParameters(example, 'Wait', { amount: 1 }),
				pinData: {
					Fax: numbers.map((to) => ({ json: { to, document: known.documentUrl } })),
				},
			};
			const { client } = fixture.testBed.n8n;
			const { id } = await client.createWorkflow(workflow);
			const trigger = workflow.nodes.find(({ type }) => type === onDemand.type);
			const execution = await client.startWorkflow(id, trigger?.name ?? '');
			return await client.executionEnd(execution, { timeoutMs: 100_000 });
		};

		it('delivers at the third try to a number that is busy twice', async () => {
			const number = busyFirst(2);
			const execution = await runFor(number);

			expect(execution).toMatchObject({ status: 'success' });
			expect(sentTo(number)).toBe(3);
			expect(execution.output('Delivered')).toMatchObject([
				{ json: { to: number, status: 'delivered', final: true } },
			]);
			expect(execution.output('Tell a person')).toEqual([]);
		}, 120_000);

		it('tells a person after three tries to a number that stays busy', async () => {
			const number = busyFirst(4);
			const execution = await runFor(number);

			expect(execution).toMatchObject({ status: 'success' });
			expect(sentTo(number)).toBe(3);
			expect(execution.output('Delivered')).toEqual([]);
			expect(execution.output('Tell a person')).toMatchObject([
				{ json: { to: number, status: 'failed', failure: { reason: 'user_busy' } } },
			]);
		}, 120_000);

		it('tells a person at once where another try would not help', async () => {
			const number = magicNumbers.receiver_unallocated_number;
			const execution = await runFor(number);

			expect(sentTo(number)).toBe(1);
			expect(execution.output('Tell a person')).toMatchObject([
				{ json: { failure: { nextStep: expect.any(String), retryable: false } } },
			]);
		});

		it('tells a person of a fax that Telnyx does not take', async () => {
			const execution = await runFor('12');

			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Tell a person')).toMatchObject([
				{ json: { error: expect.stringContaining('To') } },
			]);
		});

		it('sends only those of several faxes again that were not delivered', async () => {
			const numbers = [goodNumber, busyFirst(1), busyFirst(5)];
			const execution = await runFor(...numbers);

			expect(execution).toMatchObject({ status: 'success' });
			expect(numbers.map(sentTo)).toEqual([1, 2, 3]);
			expect(execution.output('Tell a person')).toMatchObject([{ json: { to: busyFirst(5) } }]);
		}, 120_000);

		it('pauses as long as the failures suggest', async () => {
			const example = await readExample('retry-busy-fax');
			const pause = example.nodes.find(({ name }) => name === 'Wait');
			expect(pause?.parameters).toMatchObject({
				amount: expect.stringContaining('failure.retryAfterSecs'),
				unit: 'seconds',
			});
		});
	});

	describe('send-and-wait.json', () => {
		/** What the person reads who faxes a document to `number` with the form, and the execution. */
		const submit = async (number: string): Promise<{ page: string; execution: Execution }> => {
			const { n8n } = fixture.testBed;
			const form = withChoices(await readExample('send-and-wait'));
			const stored = await n8n.client.createWorkflow(form);
			expect(await n8n.client.activate(stored)).toMatchObject({ status: 'published' });
			const path = String(form.nodes.find(({ name }) => name === 'Fax form')?.webhookId);
			const answers = new FormData();
			answers.append('field-0', number);
			const file = new Blob([new Uint8Array(fixture.document)], { type: 'application/pdf' });
			answers.append('field-1', file, 'referral.pdf');
			const options = { proxy: false, responseType: 'text' } as const;
			const submitted = await axios.post(`${n8n.url}/form/${path}`, answers, { proxy: false });
			const { pathname, search } = new URL(submitted.data.formWaitingUrl);

			// As the script of n8n's form does in the person's browser.
			await waitFor('the page with the result', async () => {
				const status = `${n8n.url}${pathname}/n8n-execution-status${search}`;
				return (await axios.get(status, options)).data === 'form-waiting' || undefined;
			});
			const { data: page } = await axios.get(`${n8n.url}${pathname}${search}`, options);
			await axios.post(`${n8n.url}${pathname}${search}`, {}, options);
			const [{ id }] = await n8n.client.executions(stored.id);
			const execution = await n8n.client.executionEnd(id);
			await n8n.client.deactivate(stored);
			return { page, execution };
		};

		it('tells the person in the browser that the fax was delivered', async () => {
			const { page, execution } = await submit('+1 (312) 736-7276');

			expect(page).toContain('Your fax was delivered');
			expect(page).toContain(`It reached ${goodNumber}.`);
			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Delivered')).toMatchObject([
				{ json: { to: goodNumber, status: 'delivered', pages: 2 } },
			]);
			expect(execution.output('Not delivered')).toEqual([]);
			const [medium] = fixture.testBed.standIn.media.values();
			expect(medium?.document.bytes.equals(fixture.document)).toBe(true);
		});

		it('tells the person why a fax was not delivered, and what to do', async () => {
			const { page } = await submit(busyFirst(1));

			expect(page).toContain('Your fax was not delivered');
			expect(page).toContain('The line was busy. Try again in a few minutes');
		});

		it('does not tell the person more than is known', async () => {
			const { standIn } = fixture.testBed;
			const on = { method: 'POST', path: /^\/v2\/faxes$/ };
			standIn.faults.add({ kind: 'resetBeforeAcceptance', times: 1, on });
			const { page } = await submit(goodNumber);

			expect(page).toContain('It is not known whether your fax was sent');
			expect(page).toContain('Do not send it again yet');
		}, 120_000);

		it('tells the person what is wrong with a number that cannot be faxed to', async () => {
			const { page } = await submit('12');

			expect(page).toContain('Your fax was not delivered');
			expect(page).toContain(
				'which is not a phone number in E.164 format. Write it with a plus sign',
			);
			expect(sentTo('12')).toBe(0);
		});
	});
}
