import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { pdfDocument, tiffDocument } from '../../standin';
import type { Fax } from '../../standin';
import { binaryContent, keepBinaryDataOnDisk } from '../../support/binaryData';
import { serveWebhook } from '../../support/webhookServer';
import { startTriggerBed } from './triggerBed';
import type { TriggerBed, TriggerUnderTest } from './triggerBed';

const number = '+13125790015';
let bed: TriggerBed;
let pdf: Buffer;

beforeAll(async () => {
	bed = await startTriggerBed();
	pdf = await pdfDocument({ title: 'Referral', pages: 3 });
});

afterAll(async () => await bed.close());

beforeEach(() => {
	bed.reset();
	bed.telnyx.standIn.stepMs = 10;
});

async function activeTrigger(parameters: INodeParameters = {}): Promise<TriggerUnderTest> {
	const trigger = bed.addTrigger({ parameters: { downloadDocument: true, ...parameters } });
	await trigger.activate();
	return trigger;
}

async function receiveFax(document = pdf): Promise<Fax> {
	const fax = bed.telnyx.standIn.receiveFax({ to: number, from: '+16132484850', document });
	await bed.telnyx.standIn.settle();
	return fax;
}

/** A fax that came in a while ago, so that its event can be delivered with another payload. */
async function earlierFax(): Promise<IDataObject> {
	const url = bed.application.webhook_event_url;
	bed.application.webhook_event_url = 'https://crm.example.com/fax';
	await receiveFax();
	bed.application.webhook_event_url = url;
	const payload = bed.telnyx.standIn.deliveries.at(-1)?.event.payload;
	return JSON.parse(JSON.stringify(payload));
}

async function deliverReceived(trigger: TriggerUnderTest, payload: IDataObject): Promise<void> {
	const event = { event_type: 'fax.received', payload };
	const { delivered } = await bed.telnyx.standIn.deliver(event, { url: trigger.url });
	expect(delivered).toBe(true);
}

/** The reason that came in place of the document, with all that an event has without one. */
function reasonIn({ started }: TriggerUnderTest): unknown {
	expect(started).toHaveLength(1);
	expect(started[0]?.binary).toBeUndefined();
	const { documentError, ...event } = started[0]?.json ?? {};
	expect(event).toMatchObject({ event: 'fax.received', status: 'received', pages: 3 });
	return documentError;
}

const downloads = () => bed.telnyx.standIn.downloads;

describe.each(['in memory', 'on disk'])('the document of a received fax, %s', (mode) => {
	let backToMemory: (() => Promise<void>) | undefined;

	beforeEach(async () => {
		backToMemory = mode === 'on disk' ? await keepBinaryDataOnDisk() : undefined;
	});

	afterEach(async () => await backToMemory?.());

	it.each([
		['PDF', 'application/pdf', 'pdf', async () => pdf],
		['TIFF', 'image/tiff', 'tiff', async () => tiffDocument(3)],
		[
			'a PDF of 8 MB',
			'application/pdf',
			'pdf',
			async () => await pdfDocument({ pages: 3, size: 8e6 }),
		],
	])('arrives as a file with its name and type: %s', async (_what, mimeType, extension, make) => {
		const document = await make();
		const trigger = await activeTrigger();
		const fax = await receiveFax(document);
		const [item] = trigger.started;
		expect(item?.binary?.data).toMatchObject({
			mimeType,
			fileName: `fax-${fax.id}.${extension}`,
			fileExtension: extension,
		});
		expect((await binaryContent(item)).equals(document)).toBe(true);
		expect(item?.json).toMatchObject({ event: 'fax.received', pages: 3 });
		expect(item?.json).not.toHaveProperty('documentError');
	});
});

it('the document is put into the field of the user', async () => {
	const trigger = await activeTrigger({ binaryPropertyName: 'referral' });
	await receiveFax();
	expect(Object.keys(trigger.started[0]?.binary ?? {})).toEqual(['referral']);
});

it('the document comes along with the raw event, too', async () => {
	const trigger = await activeTrigger({ simplify: false });
	await receiveFax();
	expect(trigger.started[0]?.json).toMatchObject({
		data: { event_type: 'fax.received' },
		meta: {},
	});
	expect((await binaryContent(trigger.started[0])).equals(pdf)).toBe(true);
});

it("the document's host never sees the API key", async () => {
	await activeTrigger();
	await receiveFax();
	expect(downloads()).toMatchObject([{ status: 200 }]);
	expect(downloads()[0]?.headers).not.toHaveProperty('authorization');
	expect(JSON.stringify(downloads())).not.toContain(bed.telnyx.standIn.apiKey);
});

it('nothing is downloaded for other events, or where the user does not want it', async () => {
	const trigger = await activeTrigger({ events: ['*'] });
	await bed.telnyx.standIn.deliver(
		{
			event_type: 'fax.delivered',
			payload: { connection_id: bed.application.id, media_url: 'https://s3.amazonaws.com/x' },
		},
		{ url: trigger.url },
	);
	await trigger.deactivate();
	await activeTrigger({ downloadDocument: false });
	await receiveFax();
	expect(downloads()).toEqual([]);
});

it('a repeat of the event is not downloaded again', async () => {
	const trigger = await activeTrigger();
	bed.telnyx.standIn.faults.add({ kind: 'lostAck', on: { event: 'fax.received' }, times: 1 });
	await receiveFax();
	expect(trigger.started).toHaveLength(1);
	expect(downloads()).toHaveLength(1);
});

describe('an expired link', () => {
	it('is renewed once', async () => {
		const trigger = await activeTrigger();
		const payload = await earlierFax();
		bed.telnyx.standIn.expireLinks();
		await deliverReceived(trigger, payload);
		expect((await binaryContent(trigger.started[0])).equals(pdf)).toBe(true);
		expect(downloads().map(({ status }) => status)).toEqual([403, 200]);
	});

	it('that cannot be renewed gives the event with the reason', async () => {
		const trigger = await activeTrigger();
		const payload = await earlierFax();
		bed.telnyx.standIn.expireLinks();
		bed.telnyx.standIn.faults.add({ kind: 'forbidden', on: { path: /\/actions\/refresh$/ } });
		await deliverReceived(trigger, payload);
		expect(reasonIn(trigger)).toMatch(/could not be downloaded: .+ operation Download/);
	});
});

describe('where the document cannot be had, the event arrives with the reason', () => {
	it.each<[string, IDataObject]>([
		['no link', { media_url: null }],
		['an empty link', { media_url: '' }],
		['a link that is no text', { media_url: 5 }],
		['a link that is no URL', { media_url: 'not a URL' }],
		['a link to a page that is gone', { media_url: 'https://files.example.com/gone.pdf' }],
	])('%s', async (_what, change) => {
		const trigger = await activeTrigger();
		const payload = await earlierFax();
		bed.telnyx.standIn.serve('https://files.example.com/gone.pdf', { status: 404 });
		await deliverReceived(trigger, { ...payload, ...change });
		expect(reasonIn(trigger)).toMatch(
			/^The document could not be downloaded: .+\. Get it with the operation Download of Telnyx Fax$/s,
		);
	});

	it('a transfer that breaks off each time', async () => {
		const trigger = await activeTrigger();
		bed.telnyx.standIn.faults.add({ kind: 'truncatedAnswer', on: { path: /faxes-prod/ } });
		await receiveFax();
		expect(reasonIn(trigger)).toMatch(/could not be downloaded/);
	});

	it('together with the raw event, beside its data', async () => {
		const trigger = await activeTrigger({ simplify: false });
		await deliverReceived(trigger, { ...(await earlierFax()), media_url: null });
		expect(trigger.started[0]?.json).toMatchObject({
			data: { event_type: 'fax.received' },
			documentError: expect.stringContaining('could not be downloaded'),
		});
	});
});

it('a transfer that breaks off once is begun again', async () => {
	const trigger = await activeTrigger();
	bed.telnyx.standIn.faults.add({ kind: 'truncatedAnswer', on: { path: /faxes-prod/ }, times: 1 });
	await receiveFax();
	expect((await binaryContent(trigger.started[0])).equals(pdf)).toBe(true);
});

describe('a transfer that takes too long ends in time for the answer, with the reason', () => {
	const tooLong = /could not be downloaded within [\d.]+ seconds\. .*operation Download/;

	it.each([1, 2, 5])('where Telnyx waits %i s', async (webhookTimeoutSecs) => {
		const trigger = await activeTrigger({ options: { webhookTimeoutSecs } });
		bed.telnyx.standIn.faults.add({ kind: 'noAnswerAfterAcceptance', on: { path: /faxes-prod/ } });
		await receiveFax();
		expect(reasonIn(trigger)).toMatch(tooLong);
		expect(bed.telnyx.standIn.deliveries.at(-1)).toMatchObject({
			status: 'delivered',
			attempts: [{ answer: { status: 200 } }],
		});
	});

	it('where the file stops in the middle', async () => {
		const host = await serveWebhook(async (_request, response) => {
			response.writeHead(200, { 'content-type': 'application/pdf' });
			response.write(pdf.subarray(0, 1000));
			return { noWebhookResponse: true };
		});
		const trigger = await activeTrigger({ options: { webhookTimeoutSecs: 2 } });
		const payload = await earlierFax();
		await deliverReceived(trigger, { ...payload, media_url: `${host.url}/fax.pdf` });
		await host.close();
		expect(reasonIn(trigger)).toMatch(tooLong);
	});
});
