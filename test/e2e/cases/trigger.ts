import { waitFor } from '../../n8n/waitFor';
import { isN8n1, known } from '../fixtures';
import type { Fixture } from '../fixtures';
import { failing, slow, TRIGGER, triggerWorkflow } from './triggerWorkflow';

const before = 'https://crm.example.com/fax';

/** The life of a trigger, from n8n's REST API to what Telnyx has. */
export function triggerCases(fixture: Fixture): void {
	const standIn = () => fixture.testBed.standIn;
	const registered = () => {
		const application = standIn().applications.get(known.applicationId);
		return {
			url: application?.webhook_event_url,
			timeoutSecs: application?.webhook_timeout_secs,
		};
	};
	/** What became of the event of the last received fax. */
	const received = () =>
		standIn()
			.deliveries.filter(({ event }) => event.event_type === 'fax.received')
			.at(-1);

	it('registers, starts the workflow with fax and document, and gives back what was there', async () => {
		const workflow = await triggerWorkflow(fixture, { downloadDocument: true });
		expect(await workflow.activate()).toMatchObject({ status: 'published' });
		expect(registered()).toEqual({ url: workflow.url, timeoutSecs: 30 });

		const document = await fixture.receiveFax();
		const [execution] = await workflow.ended(1);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		const [item] = execution?.output(TRIGGER) ?? [];
		expect(item?.json).toMatchObject({
			event: 'fax.received',
			direction: 'inbound',
			to: known.number,
			status: 'received',
			pages: 1,
		});
		const file = item?.binary?.data;
		if (!file) throw new Error('The item has no file');
		expect(file).toMatchObject({ mimeType: 'application/pdf', fileExtension: 'pdf' });
		const content = await fixture.testBed.n8n.client.binaryContent(file);
		expect(content.equals(document)).toBe(true);

		expect(await workflow.deactivate()).toMatchObject({ status: 'not_published' });
		expect(registered()).toEqual({ url: before, timeoutSecs: null });
		await fixture.receiveFax();
		expect(await workflow.executions()).toHaveLength(1);
	});

	it('listens for a test event while the workflow is live, which gets its URL back', async () => {
		const { client } = fixture.testBed.n8n;
		const workflow = await triggerWorkflow(fixture);
		await workflow.activate();
		await client.listenForTestEvent(workflow.id, TRIGGER);
		expect(registered()).toEqual({ url: workflow.testUrl, timeoutSecs: 30 });

		await fixture.receiveFax();
		const [run] = await workflow.ended(1);
		expect(run).toMatchObject({ status: 'success', mode: 'manual' });
		await waitFor('the live URL', () => registered().url === workflow.url || undefined);

		await fixture.receiveFax();
		expect(await workflow.ended(2)).toMatchObject([{ mode: 'manual' }, { mode: 'webhook' }]);
		await workflow.deactivate();
		expect(registered()).toEqual({ url: before, timeoutSecs: null });
	});

	it('puts the previous URL back when the user stops listening', async () => {
		const { client } = fixture.testBed.n8n;
		const workflow = await triggerWorkflow(fixture);
		await client.listenForTestEvent(workflow.id, TRIGGER);
		expect(registered().url).toBe(workflow.testUrl);
		await client.stopListening(workflow.id);
		await waitFor('the previous URL', () => registered().url === before || undefined);
	});

	it('refuses the application of another live workflow, and takes it over when told to', async () => {
		const first = await triggerWorkflow(fixture);
		await first.activate();
		const second = await triggerWorkflow(fixture);
		expect(await second.activate()).toMatchObject({
			status: 'failed',
			triggers: [{ status: 'failed', errorMessage: expect.stringContaining(first.url) }],
		});
		expect(registered().url).toBe(first.url);

		await second.change({ options: { takeOver: true } });
		expect(await second.activate()).toMatchObject({ status: 'published' });
		expect(registered().url).toBe(second.url);
		await fixture.receiveFax();
		await second.ended(1);
		expect(await first.executions()).toEqual([]);

		await second.deactivate();
		expect(registered().url).toBe(first.url);
		await first.deactivate();
		expect(registered().url).toBe(before);
	});

	it('repairs at the next publish what someone changed on Telnyx', async () => {
		const workflow = await triggerWorkflow(fixture);
		await workflow.activate();
		const application = standIn().applications.get(known.applicationId);
		Object.assign(application ?? {}, {
			webhook_event_url: 'https://erp.example.com/fax',
			webhook_timeout_secs: 5,
		});
		await workflow.change({ simplify: false });
		expect(await workflow.activate()).toMatchObject({ status: 'published' });
		expect(registered()).toEqual({ url: workflow.url, timeoutSecs: 30 });
		await workflow.deactivate();
		expect(registered()).toEqual({ url: 'https://erp.example.com/fax', timeoutSecs: 5 });
	});

	it('moves to another application when the user chooses one, and leaves the first as it was', async () => {
		const other = standIn().addApplication({ webhook_event_url: 'https://erp.example.com/fax' });
		const workflow = await triggerWorkflow(fixture);
		await workflow.activate();
		await workflow.change({ faxApplicationId: { __rl: true, mode: 'id', value: other.id } });
		await workflow.activate();
		expect(registered()).toEqual({ url: before, timeoutSecs: null });
		expect(other.webhook_event_url).toBe(workflow.url);
		await workflow.deactivate();
		expect(other.webhook_event_url).toBe('https://erp.example.com/fax');
	});

	it('can be deactivated when the application is gone', async () => {
		const workflow = await triggerWorkflow(fixture);
		await workflow.activate();
		standIn().applications.delete(known.applicationId);
		expect(await workflow.deactivate()).toMatchObject({ status: 'not_published' });
	});

	it('answers after the workflow where the user wants that', async () => {
		const options = { acknowledge: 'whenWorkflowFinishes' };
		const workflow = await triggerWorkflow(fixture, { options }, slow);
		await workflow.activate();
		await fixture.receiveFax();
		const [execution] = await workflow.ended(1);
		expect(execution).toMatchObject({ status: 'success' });
		const { attempts } = received() ?? {};
		expect(attempts).toMatchObject([{ attempt: 1, answer: { status: 200 }, delivered: true }]);
		const waited = execution?.timing('Wait');
		if (!waited) throw new Error('The workflow did not wait');
		expect(attempts?.[0]?.finishedAt).toBeGreaterThanOrEqual(waited.startedAt + waited.tookMs);
	});

	it('gets an event again that a failing workflow did not acknowledge', async () => {
		const options = { acknowledge: 'whenWorkflowFinishes' };
		const workflow = await triggerWorkflow(fixture, { options }, failing);
		await workflow.activate();
		await fixture.receiveFax();
		const executions = await workflow.ended(3);
		expect(executions.map(({ status }) => status)).toEqual(['error', 'error', 'error']);
		const events = executions.map((one) => one.output(TRIGGER)[0]?.json.faxId);
		expect(new Set(events).size).toBe(1);
		expect(received()?.attempts.map(({ answer }) => answer?.status)).toEqual([500, 500, 500]);
	});

	it('acknowledges on receipt although the workflow fails, and starts it once', async () => {
		const workflow = await triggerWorkflow(fixture, {}, failing);
		await workflow.activate();
		standIn().faults.add({ kind: 'lostAck', on: { event: 'fax.received' }, times: 1 });
		await fixture.receiveFax();
		expect(received()?.attempts).toHaveLength(2);
		expect(await workflow.ended(1)).toMatchObject([{ status: 'error' }]);
	});

	it('goes on with its events after n8n was killed and started again', async () => {
		const { n8n } = fixture.testBed;
		const workflow = await triggerWorkflow(fixture);
		await workflow.activate();
		await n8n.kill();
		await n8n.restart();
		standIn().requests.length = 0;
		await fixture.receiveFax();
		expect(await workflow.ended(1)).toMatchObject([{ status: 'success', mode: 'webhook' }]);
		const asked = standIn().requests.map(({ method, path }) => `${method} ${path}`);
		// When it starts, n8n 1 asks each trigger whether it is registered; n8n 2 asks nothing.
		expect(isN8n1(fixture) ? [...new Set(asked)] : asked).toEqual([
			'GET /v2/public_key',
			...(isN8n1(fixture) ? [`GET /v2/fax_applications/${known.applicationId}`] : []),
		]);
		await workflow.deactivate();
		expect(registered()).toEqual({ url: before, timeoutSecs: null });
	}, 180_000);
}
