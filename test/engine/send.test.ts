import { createHash } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';

import { pdfDocument, tiffDocument } from '../standin';
import { keepBinaryDataOnDisk } from '../support/binaryData';
import {
	faxOfBinary,
	faxOfUrl,
	itemsOf,
	itemWithFile,
	locator,
	numbers,
	useTelnyxFax,
} from './telnyxFax';

const fixture = useTelnyxFax();

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

const base64 = (text: string) => Buffer.from(text).toString('base64');

const sent = () => fixture.calls('POST /faxes');

/** The fields of the only fax so far, from a JSON or a multipart body. */
function sentFields(): unknown {
	const [request, ...others] = sent();
	expect(others).toEqual([]);
	const fields = request?.parts?.flatMap(({ name, value }) =>
		value === undefined ? [] : [[name, value]],
	);
	return fields ? Object.fromEntries(fields) : request?.json;
}

const ownReference = expect.stringMatching(/^[A-Za-z0-9+/]+=*$/);

describe('a fax of a link', () => {
	it('goes out with what was set, and a reference by which it can be found again', async () => {
		const run = await fixture.run(faxOfUrl());

		expect(run.status).toBe('success');
		expect(sentFields()).toEqual({
			connection_id: fixture.applicationId,
			from: numbers.ours,
			to: numbers.recipient,
			media_url: 'https://documents.example.com/referral.pdf',
			client_state: ownReference,
		});
		expect(run.items).toEqual([
			{
				json: {
					id: [...fixture.standIn.faxes.keys()][0],
					status: 'queued',
					final: false,
					direction: 'outbound',
					from: numbers.ours,
					to: numbers.recipient,
					pages: null,
					failure: null,
					clientState: null,
					createdAt: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(sent()[0].headers).toMatchObject({
			authorization: `Bearer ${fixture.standIn.apiKey}`,
			'content-type': 'application/json',
		});
	});

	it.each([
		['=+1 (312) 555-0002', '+13125550002'],
		['001 312 555 0002', '+13125550002'],
		['sip:fax@example.com', 'sip:fax@example.com'],
		['={{ "+1 " + 3125550002 }}', '+13125550002'],
	])('reaches the number that %j means', async (to, cleaned) => {
		await fixture.run(faxOfUrl({ to }));
		expect(sentFields()).toMatchObject({ to: cleaned });
	});

	it('takes the value of each item', async () => {
		const items = itemsOf(
			{ to: '+13125550011', url: 'https://a.example.com/1' },
			{ to: '+13125550012', url: 'https://a.example.com/2' },
		);
		const run = await fixture.run(
			faxOfUrl({ to: '={{ $json.to }}', mediaUrl: '={{ $json.url }}' }),
			{ items },
		);
		expect(run.items.map(({ json, pairedItem }) => [json.to, pairedItem])).toEqual([
			['+13125550011', { item: 0 }],
			['+13125550012', { item: 1 }],
		]);
		const urls = sent().map(({ json }) => json);
		expect(urls).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ to: '+13125550011', media_url: 'https://a.example.com/1' }),
				expect.objectContaining({ to: '+13125550012', media_url: 'https://a.example.com/2' }),
			]),
		);
	});

	it('may be a link for one item and a file for another', async () => {
		const file = await itemWithFile();
		const items = [...itemsOf({ kind: 'url' }), { ...file, json: { kind: 'binary' } }];
		const run = await fixture.run(faxOfUrl({ documentSource: '={{ $json.kind }}' }), { items });
		expect(run.error).toBeUndefined();
		expect(sent().map(({ parts }) => (parts ? 'file' : 'link'))).toEqual(
			expect.arrayContaining(['link', 'file']),
		);
	});

	it.each([
		['Document URL', { documentSource: 'url', mediaUrl: '' }],
		['Media Name', { documentSource: 'mediaName', mediaName: '' }],
	])('without a %s is refused before anything is sent', async (label, parameters) => {
		const run = await fixture.run(faxOfUrl(parameters));
		expect(run.error?.message).toBe(`The parameter "${label}" of item 0 is empty`);
		expect(fixture.calls()).toEqual([]);
	});

	it('comes out as Telnyx answers it without Simplify', async () => {
		const { items } = await fixture.run(
			faxOfUrl({ simplify: false, options: { clientState: 'patient-4711' } }),
		);
		expect(items[0].json).toMatchObject({
			record_type: 'fax',
			connection_id: fixture.applicationId,
			client_state: base64('patient-4711'),
			media_url: 'https://documents.example.com/referral.pdf',
			store_media: false,
			quality: 'high',
		});
	});
});

describe('options', () => {
	const allOptions: INodeParameters = {
		quality: 'ultra_dark',
		monochrome: true,
		blackThreshold: 80,
		t38Enabled: false,
		fromDisplayName: 'Lakeside Clinic-_~!.+',
		storeMedia: true,
		storePreview: true,
		previewFormat: 'pdf',
		clientState: 'patient-4711',
		webhookUrl: 'https://example.com/events',
	};

	it('go out under the names and with the types of Telnyx', async () => {
		await fixture.run(faxOfUrl({ options: allOptions }));
		expect(sentFields()).toEqual({
			connection_id: fixture.applicationId,
			from: numbers.ours,
			to: numbers.recipient,
			media_url: 'https://documents.example.com/referral.pdf',
			quality: 'ultra_dark',
			monochrome: true,
			black_threshold: 80,
			t38_enabled: false,
			from_display_name: 'Lakeside Clinic-_~!.+',
			store_media: true,
			store_preview: true,
			preview_format: 'pdf',
			client_state: base64('patient-4711'),
			webhook_url: 'https://example.com/events',
		});
		expect(sent()[0].ignoredFields).toEqual([]);
	});

	it.each([
		['an object from an expression', '={{ { patient: 4711 } }}', '{"patient":4711}'],
		['a number from an expression', '={{ 4711 }}', '4711'],
		['JSON as text', '{"patient": 4711}', '{"patient": 4711}'],
		['text beyond ASCII', 'Grüße 🖷', 'Grüße 🖷'],
	])('take %s as client state', async (_what, clientState, text) => {
		await fixture.run(faxOfUrl({ options: { clientState } }));
		expect(sentFields()).toMatchObject({ client_state: base64(text) });
	});

	it.each(['', '={{ null }}', '={{ undefined }}'])('that are %j are not sent', async (value) => {
		await fixture.run(
			faxOfUrl({ options: { clientState: value, fromDisplayName: value, webhookUrl: value } }),
		);
		expect(Object.keys(Object(sentFields())).sort()).toEqual([
			'client_state',
			'connection_id',
			'from',
			'media_url',
			'to',
		]);
		expect(sentFields()).toMatchObject({ client_state: ownReference });
	});

	it('show the client state again, as data where it is JSON', async () => {
		const { items } = await fixture.run(
			faxOfUrl({ options: { clientState: '={{ { patient: 4711 } }}' } }),
		);
		expect(items[0].json.clientState).toEqual({ patient: 4711 });
	});
});

describe.each(['in memory', 'on disk'])('a fax of a file that n8n keeps %s', (mode) => {
	let backToMemory: (() => Promise<void>) | undefined;

	beforeEach(async () => {
		if (mode === 'on disk') backToMemory = await keepBinaryDataOnDisk();
	});

	afterEach(async () => await backToMemory?.());

	it('goes out as one upload with the name and type of the file', async () => {
		const content = await pdfDocument({ size: 300_000 });
		const run = await fixture.run(
			faxOfBinary({ options: { quality: 'normal', storeMedia: true } }),
			{
				items: [await itemWithFile({ content })],
			},
		);

		expect(run.items).toMatchObject([{ json: { status: 'queued' }, pairedItem: { item: 0 } }]);
		expect(fixture.calls().filter(({ method }) => method === 'POST')).toHaveLength(1);
		expect(sentFields()).toEqual({
			connection_id: fixture.applicationId,
			from: numbers.ours,
			to: numbers.recipient,
			quality: 'normal',
			store_media: 'true',
		});
		expect(sent()[0].ignoredFields).toEqual([]);
		expect(sent()[0].parts?.at(-1)).toMatchObject({
			name: 'contents',
			filename: 'referral.pdf',
			contentType: 'application/pdf',
			size: content.length,
			sha256: sha256(content),
		});
		expect(sent()[0].headers['content-length']).toMatch(/^\d+$/);
		expect(sent()[0].headers['transfer-encoding']).toBeUndefined();
		await fixture.standIn.settle();
		expect([...fixture.standIn.faxes.values()]).toMatchObject([{ status: 'delivered' }]);
	});

	it('goes through Media Storage where an upload cannot carry what was set', async () => {
		const content = await pdfDocument();
		const run = await fixture.run(faxOfBinary({ options: { clientState: 'patient-4711' } }), {
			items: [await itemWithFile({ content })],
		});

		const [stored] = fixture.calls('POST /media');
		const named = (name: string) => stored.parts?.find((part) => part.name === name);
		expect(named('ttl_secs')?.value).toBe('3600');
		expect(named('media')).toMatchObject({
			filename: 'referral.pdf',
			contentType: 'application/pdf',
			sha256: sha256(content),
		});
		const mediaName = named('media_name')?.value;
		expect(mediaName).toMatch(/^n8n-fax-[0-9a-f-]{36}$/);
		expect(sentFields()).toEqual({
			connection_id: fixture.applicationId,
			from: numbers.ours,
			to: numbers.recipient,
			media_name: mediaName,
			client_state: base64('patient-4711'),
		});
		expect(run.items).toMatchObject([{ json: { clientState: 'patient-4711' } }]);
		await fixture.standIn.settle();
		expect([...fixture.standIn.faxes.values()]).toMatchObject([{ status: 'delivered' }]);
	});

	it('of more than 20 MB is refused before anything is sent', async () => {
		const content = Buffer.concat([await pdfDocument(), Buffer.alloc(20 * 1024 * 1024)]);
		const run = await fixture.run(faxOfBinary(), { items: [await itemWithFile({ content })] });
		expect(run.error?.message).toBe(
			'The file in field "data" of item 0 has 20.0 MB, and Telnyx takes uploads of up to 20 MB',
		);
		expect(fixture.calls()).toEqual([]);
	});

	it('of exactly 20 MB goes out', async () => {
		const head = await pdfDocument();
		const content = Buffer.concat([head, Buffer.alloc(20 * 1024 * 1024 - head.length)]);
		const run = await fixture.run(faxOfBinary(), { items: [await itemWithFile({ content })] });
		expect(run.error).toBeUndefined();
		expect(sent()[0].parts?.at(-1)).toMatchObject({
			size: content.length,
			sha256: sha256(content),
		});
	});

	it('goes again as a whole after Telnyx was busy', async () => {
		const content = await pdfDocument({ size: 200_000 });
		fixture.standIn.faults.add({ kind: 'tooManyRequests', times: 1, on: { method: 'POST' } });
		const run = await fixture.run(faxOfBinary(), { items: [await itemWithFile({ content })] });
		expect(run.items).toMatchObject([{ json: { status: 'queued' } }]);
		expect(sent().map(({ status }) => status)).toEqual([429, 202]);
		expect(sent()[1].parts?.at(-1)).toMatchObject({ sha256: sha256(content) });
	});
});

describe('a fax of a file', () => {
	it.each([
		['quality', { quality: 'high' }, 'contents'],
		['monochrome', { monochrome: true }, 'contents'],
		['T.38', { t38Enabled: false }, 'contents'],
		['store preview', { storePreview: true }, 'contents'],
		['black threshold', { blackThreshold: 50 }, 'media'],
		['from display name', { fromDisplayName: 'Clinic' }, 'media'],
		['preview format', { previewFormat: 'pdf' }, 'media'],
		['webhook URL', { webhookUrl: 'https://example.com/x' }, 'media'],
	])('with %s takes the way that Telnyx documents for it', async (_name, options, part) => {
		await fixture.run(faxOfBinary({ options }), { items: [await itemWithFile()] });
		expect(fixture.calls('POST /media')).toHaveLength(part === 'media' ? 1 : 0);
		expect(sent()).toMatchObject([{ status: 202, ignoredFields: [] }]);
	});

	it('keeps what it stores for as long as the user says', async () => {
		const options = { clientState: 'x', mediaTtlSecs: 120 };
		await fixture.run(faxOfBinary({ options }), { items: [await itemWithFile()] });
		const [medium] = fixture.standIn.media.values();
		expect(medium.expiresAt - medium.createdAt).toBe(120_000);
	});

	it.each([
		[
			'a name without extension',
			{ fileName: 'scan', content: tiffDocument() },
			'scan.tiff',
			'image/tiff',
		],
		[
			'a wrong label',
			{ fileName: 'x.bin', mimeType: 'application/octet-stream' },
			'x.bin.pdf',
			'application/pdf',
		],
		[
			'text',
			{ fileName: 'note.txt', mimeType: 'text/plain', content: Buffer.from('Hi') },
			'note.txt',
			'text/plain',
		],
	])('with %s gets the name and type of what it is', async (_what, file, filename, contentType) => {
		await fixture.run(faxOfBinary(), { items: [await itemWithFile(file)] });
		expect(sent()[0].parts?.at(-1)).toMatchObject({ name: 'contents', filename, contentType });
	});

	it('is taken from the field that was named', async () => {
		const item = await itemWithFile();
		const items = [
			{ json: {}, binary: { letter: item.binary?.data ?? { data: '', mimeType: '' } } },
		];
		const run = await fixture.run(faxOfBinary({ binaryPropertyName: 'letter' }), { items });
		expect(run.error).toBeUndefined();
		expect(sent()).toHaveLength(1);
	});

	it('gives back what it stored where Telnyx then refuses the fax', async () => {
		const run = await fixture.run(
			faxOfBinary({
				from: locator('+13125559999', 'number'),
				options: { clientState: 'x' },
				faxApplicationId: locator(fixture.applicationId),
			}),
			{ items: [await itemWithFile()] },
		);
		expect(run.error?.message).toContain('is not a number of this account');
		expect(fixture.standIn.media.size).toBe(0);
	});
});

describe('a fax of stored media', () => {
	it('goes out by its name', async () => {
		fixture.standIn.media.set('consent form/2', {
			name: 'consent form/2',
			document: {
				bytes: Buffer.from('text'),
				size: 4,
				contentType: 'text/plain',
			},
			createdAt: Date.now(),
			updatedAt: Date.now(),
			expiresAt: Date.now() + 60_000,
		});
		await fixture.run(faxOfUrl({ documentSource: 'mediaName', mediaName: 'consent form/2' }));
		expect(sentFields()).toEqual({
			connection_id: fixture.applicationId,
			from: numbers.ours,
			to: numbers.recipient,
			media_name: 'consent form/2',
			client_state: ownReference,
		});
	});

	it('that does not exist is refused in the words of Telnyx', async () => {
		const run = await fixture.run(faxOfUrl({ documentSource: 'mediaName', mediaName: 'none' }));
		expect(run.error?.message).toContain(
			'media_name: no such media: none (code 422, at /media_name)',
		);
		expect(fixture.standIn.faxes.size).toBe(0);
	});
});

describe('the sender', () => {
	it('is the application that the number is assigned to', async () => {
		const other = fixture.standIn.addApplication({ application_name: 'Other' });
		fixture.standIn.addPhoneNumber({ phone_number: '+13125550077', connection_id: other.id });
		await fixture.run(faxOfUrl({ from: locator('+1 312-555-0077', 'number') }));
		expect(sentFields()).toMatchObject({ connection_id: other.id, from: '+13125550077' });
		expect(fixture.calls('GET /phone_numbers')).toMatchObject([
			{ query: { filter: { phone_number: '13125550077' } } },
		]);
	});

	it('is the only application where the number is assigned to none', async () => {
		await fixture.run(faxOfUrl({ from: locator(numbers.free, 'number') }));
		expect(sentFields()).toMatchObject({
			connection_id: fixture.applicationId,
			from: numbers.free,
		});
	});

	it('is the only number of the application', async () => {
		const other = fixture.standIn.addApplication({ application_name: 'Other' });
		fixture.standIn.addPhoneNumber({ phone_number: '+13125550077', connection_id: other.id });
		await fixture.run(faxOfUrl({ from: locator(''), faxApplicationId: locator(other.id) }));
		expect(sentFields()).toMatchObject({ connection_id: other.id, from: '+13125550077' });
	});

	it('is asked for once, however many items there are', async () => {
		await fixture.run(faxOfUrl(), { items: itemsOf({}, {}, {}, {}) });
		expect(sent()).toHaveLength(4);
		expect(fixture.calls('GET /phone_numbers')).toHaveLength(1);
	});

	it('is not asked for where both were chosen', async () => {
		await fixture.run(faxOfUrl({ faxApplicationId: locator(fixture.applicationId) }));
		expect(fixture.calls()).toHaveLength(1);
	});

	it('is all found by itself for an agent that fills only number and link', async () => {
		const { standIn } = fixture;
		for (const number of [...standIn.phoneNumbers.values()].slice(1)) {
			standIn.phoneNumbers.delete(number.id);
		}
		const run = await fixture.run({
			to: numbers.recipient,
			documentSource: 'url',
			mediaUrl: 'https://documents.example.com/a.pdf',
		});
		expect(run.error).toBeUndefined();
		expect(sentFields()).toMatchObject({
			connection_id: fixture.applicationId,
			from: numbers.ours,
		});
	});

	it('is not guessed among several numbers: they are listed', async () => {
		const run = await fixture.run(faxOfUrl({ from: locator('') }));
		expect(run.error?.message).toBe(
			'The parameter "From" is empty, and Telnyx has 2 to choose from',
		);
		expect(run.error?.description).toContain(numbers.ours);
		expect(sent()).toEqual([]);
	});

	it('is not guessed among several applications', async () => {
		fixture.standIn.addApplication({ application_name: 'Other' });
		const run = await fixture.run(faxOfUrl({ from: locator(numbers.free, 'number') }));
		expect(run.error?.message).toBe(
			'The parameter "Fax Application" is empty, and Telnyx has 2 to choose from',
		);
		expect(sent()).toEqual([]);
	});

	it.each(['phoneNumbers', 'applications'] as const)(
		'is missed where the account has no %s',
		async (what) => {
			fixture.standIn[what].clear();
			const run = await fixture.run(faxOfUrl({ from: locator('') }));
			expect(run.error?.message).toMatch(/^Telnyx has no /);
			expect(run.error?.description).toMatch(/^(Create|Assign) one with the operation/);
			expect(sent()).toEqual([]);
		},
	);
});

describe('a dry run', () => {
	it('shows what would be sent, and sends nothing', async () => {
		const run = await fixture.run(faxOfUrl({ options: { dryRun: true, quality: 'normal' } }));
		expect(run.items).toEqual([
			{
				json: {
					id: null,
					status: 'not sent',
					dryRun: true,
					faxApplicationId: fixture.applicationId,
					from: numbers.ours,
					to: numbers.recipient,
					document: { media_url: 'https://documents.example.com/referral.pdf' },
					settings: { quality: 'normal' },
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(fixture.calls().filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	it('shows the file, and stores it nowhere', async () => {
		const content = await pdfDocument();
		const run = await fixture.run(faxOfBinary({ options: { dryRun: true, clientState: 'x' } }), {
			items: [await itemWithFile({ content })],
		});
		expect(run.items[0].json.document).toEqual({
			fileName: 'referral.pdf',
			mimeType: 'application/pdf',
			bytes: content.length,
		});
		expect(fixture.standIn.media.size).toBe(0);
	});

	it('fails as sending would', async () => {
		const run = await fixture.run(faxOfUrl({ to: 'nonsense', options: { dryRun: true } }));
		expect(run.error?.message).toContain('"To" of item 0');
	});
});

describe('allowed destinations', () => {
	it.each(['+13125550002', '+1 (312) 555-0002; +44*', '+1312*', ' , +13125550002\n'])(
		'%j let the fax through',
		async (allowedDestinations) => {
			await fixture.run(faxOfUrl({ options: { allowedDestinations } }));
			expect(sent()).toHaveLength(1);
		},
	);

	it.each(['+13125550003', '+44*', 'sip:fax@example.com'])('%j keep it back', async (allowed) => {
		const run = await fixture.run(faxOfUrl({ options: { allowedDestinations: allowed } }));
		expect(run.error?.message).toContain('is not among the allowed destinations');
		expect(fixture.calls()).toEqual([]);
	});
});
