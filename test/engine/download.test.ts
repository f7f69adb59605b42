import type { INodeParameters } from 'n8n-workflow';

import { pdfDocument, tiffDocument } from '../standin';
import type { Fax } from '../standin';
import { binaryContent, keepBinaryDataOnDisk } from '../support/binaryData';
import {
	faxOfBinary,
	faxOfUrl,
	itemsOf,
	itemWithFile,
	locator,
	nameOf,
	numbers,
	useTelnyxFax,
} from './telnyxFax';

const fixture = useTelnyxFax({ stepMs: 5 });

const download = (id: string, more: INodeParameters = {}) => ({
	resource: 'fax',
	operation: 'download',
	faxId: locator(id),
	...more,
});

async function receivedFax(document?: Buffer): Promise<Fax> {
	const fax = fixture.standIn.receiveFax({
		to: numbers.ours,
		from: numbers.recipient,
		document: document ?? (await pdfDocument()),
	});
	await fixture.standIn.settle();
	return fax;
}

/** Sends the file of an item and waits until the fax is delivered. */
async function sentFax(content: Buffer, options: INodeParameters): Promise<string> {
	const items = [await itemWithFile({ content })];
	const run = await fixture.run(faxOfBinary({ options }), { items });
	await fixture.standIn.settle();
	fixture.standIn.requests.length = 0;
	return String(run.items[0].json.id);
}

const names = () => fixture.calls().map(nameOf);

describe.each(['in memory', 'on disk'])('a download that n8n keeps %s', (mode) => {
	let backToMemory: (() => Promise<void>) | undefined;

	beforeEach(async () => {
		if (mode === 'on disk') backToMemory = await keepBinaryDataOnDisk();
	});

	afterEach(async () => await backToMemory?.());

	it('has the bytes, the name and the type of the document', async () => {
		const content = await pdfDocument({ size: 500_000 });
		const { id } = await receivedFax(content);
		const run = await fixture.run(download(id));

		expect(run.items).toMatchObject([
			{
				json: { id, status: 'received', direction: 'inbound' },
				binary: {
					data: { fileName: `fax-${id}.pdf`, fileExtension: 'pdf', mimeType: 'application/pdf' },
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(run.items[0].binary?.data.id === undefined).toBe(mode === 'in memory');
		expect((await binaryContent(run.items[0])).equals(content)).toBe(true);
		expect(names()).toEqual([`GET /faxes/${id}`]);
	});
});

it('never shows the API key to the host of the document', async () => {
	const { id } = await receivedFax();
	await fixture.run(download(id));
	expect(fixture.standIn.downloads).toHaveLength(1);
	for (const { headers } of fixture.standIn.downloads) {
		expect(headers.authorization).toBeUndefined();
		expect(JSON.stringify(headers)).not.toContain(fixture.standIn.apiKey);
	}
});

it('puts the file into the field that was named', async () => {
	const { id } = await receivedFax();
	const run = await fixture.run(download(id, { binaryPropertyName: 'letter' }));
	expect(Object.keys(run.items[0].binary ?? {})).toEqual(['letter']);
});

it('names a TIFF as such', async () => {
	const { id } = await receivedFax(tiffDocument(2));
	const run = await fixture.run(download(id));
	expect(run.items[0].binary?.data).toMatchObject({
		fileName: `fax-${id}.tiff`,
		mimeType: 'image/tiff',
	});
});

it('renews the expired link of a received fax once, and downloads then', async () => {
	const content = await pdfDocument();
	const { id } = await receivedFax(content);
	fixture.standIn.expireLinks();
	const run = await fixture.run(download(id));
	expect((await binaryContent(run.items[0])).equals(content)).toBe(true);
	expect(names()).toEqual([
		`GET /faxes/${id}`,
		`POST /faxes/${id}/actions/refresh`,
		`GET /faxes/${id}`,
	]);
	expect(fixture.standIn.downloads.map(({ status }) => status)).toEqual([403, 200]);
});

it('gives up where the renewed link does not work either', async () => {
	const { id } = await receivedFax();
	fixture.standIn.linkLifeSecs = 0;
	fixture.standIn.expireLinks();
	const run = await fixture.run(download(id));
	fixture.standIn.linkLifeSecs = 600;
	expect(run.error).toMatchObject({ httpCode: '403' });
	expect(fixture.calls(`POST /faxes/${id}/actions/refresh`)).toHaveLength(1);
	expect(fixture.standIn.downloads).toHaveLength(2);
});

it('does not renew the link of a fax that was sent', async () => {
	const id = await sentFax(await pdfDocument(), { storeMedia: true });
	fixture.standIn.expireLinks();
	const run = await fixture.run(download(id, { file: 'storedMedia' }));
	expect(run.error).toMatchObject({ httpCode: '403' });
	expect(names()).toEqual([`GET /faxes/${id}`]);
});

it('downloads the stored media of a sent fax', async () => {
	const content = await pdfDocument();
	const id = await sentFax(content, { storeMedia: true });
	const run = await fixture.run(download(id, { file: 'storedMedia' }));
	expect((await binaryContent(run.items[0])).equals(content)).toBe(true);
});

it.each([
	['pdf', 'application/pdf'],
	['tiff', 'image/tiff'],
])('downloads the preview of a sent fax as %s', async (previewFormat, mimeType) => {
	const id = await sentFax(await pdfDocument(), { storePreview: true, previewFormat });
	const run = await fixture.run(download(id, { file: 'preview' }));
	expect(run.items[0].binary?.data).toMatchObject({
		fileName: `fax-${id}-preview.${previewFormat}`,
		mimeType,
	});
});

it('downloads the document of a sent fax from Media Storage, with the API key', async () => {
	const content = await pdfDocument();
	const id = await sentFax(content, { clientState: 'x' });
	const [name] = fixture.standIn.media.keys();
	const run = await fixture.run(download(id));
	expect((await binaryContent(run.items[0])).equals(content)).toBe(true);
	expect(run.items[0].binary?.data).toMatchObject({ mimeType: 'application/pdf' });
	expect(names()).toEqual([`GET /faxes/${id}`, `GET /media/${name}/download`]);
	expect(fixture.standIn.downloads).toEqual([]);
});

it('downloads the document of a sent fax from its own link', async () => {
	const content = await pdfDocument();
	const url = 'https://documents.example.com/referral.pdf';
	fixture.standIn.serve(url, content);
	const [{ json }] = (await fixture.run(faxOfUrl())).items;
	await fixture.standIn.settle();
	const run = await fixture.run(download(String(json.id)));
	expect((await binaryContent(run.items[0])).equals(content)).toBe(true);
});

it('does not follow a link that redirects', async () => {
	const url = 'https://documents.example.com/referral.pdf';
	fixture.standIn.serve(url, { redirect: 'https://documents.example.com/login' });
	const [{ json }] = (await fixture.run(faxOfUrl())).items;
	await fixture.standIn.settle();
	fixture.standIn.downloads.length = 0;
	const run = await fixture.run(download(String(json.id)));
	expect(run.error).toMatchObject({ httpCode: '302' });
	expect(fixture.standIn.downloads).toHaveLength(1);
});

it.each([
	['preview', 'has no preview', 'Store Preview'],
	['storedMedia', 'has no stored media', 'Store Media'],
	['document', 'has no document that Telnyx still offers', 'Media Storage'],
])('says what to do where a fax has no %s', async (file, message, nextStep) => {
	const id = await sentFax(await pdfDocument(), { quality: 'high' });
	const run = await fixture.run(download(id, { file }));
	expect(run.error?.message).toBe(`Fax ${id} ${message}`);
	expect(run.error?.description).toContain(nextStep);
});

it('says that stored media are gone', async () => {
	const id = await sentFax(await pdfDocument(), { clientState: 'x' });
	fixture.standIn.expireMedia();
	const run = await fixture.run(download(id));
	expect(run.error).toMatchObject({ httpCode: '404' });
});

it.each(['error503', 'resetBeforeAcceptance'] as const)(
	'tries again after %s of the host of the document',
	async (kind) => {
		const content = await pdfDocument();
		const { id } = await receivedFax(content);
		fixture.standIn.faults.add({ kind, times: 1, on: { path: /^\/faxes-prod\// } });
		const run = await fixture.run(download(id));
		expect((await binaryContent(run.items[0])).equals(content)).toBe(true);
		expect(fixture.standIn.downloads).toHaveLength(2);
	},
);

it('fails where the document breaks off, instead of giving half of it', async () => {
	const { id } = await receivedFax(await pdfDocument({ size: 400_000 }));
	fixture.standIn.faults.add({ kind: 'truncatedAnswer', on: { path: /^\/faxes-prod\// } });
	const run = await fixture.run(download(id));
	expect(run.status).toBe('error');
	expect(run.items).toEqual([]);
});

it('reads the answer of a host that is not Telnyx as no explanation, whatever it says', async () => {
	const { id } = await receivedFax();
	fixture.standIn.faults.add({ kind: 'error500', on: { path: /^\/faxes-prod\// } });
	const run = await fixture.run(download(id));
	expect(run.error?.message).toBe(
		'Telnyx answered the download of the document with status 500 and no explanation',
	);
});

it('gives the files of several items in their order', async () => {
	const documents = await Promise.all([1, 2, 3].map(async (pages) => await pdfDocument({ pages })));
	const ids: string[] = [];
	for (const document of documents) ids.push((await receivedFax(document)).id);
	const run = await fixture.run(download('={{ $json.id }}'), {
		items: itemsOf(...ids.map((id) => ({ id }))),
	});
	expect(run.items.map(({ json }) => json.id)).toEqual(ids);
	for (const [index, item] of run.items.entries()) {
		expect((await binaryContent(item)).equals(documents[index])).toBe(true);
	}
});

describe('after the download', () => {
	it('the fax is deleted where the user wants that', async () => {
		const content = await pdfDocument();
		const { id } = await receivedFax(content);
		const run = await fixture.run(download(id, { options: { deleteAfterDownload: true } }));
		expect(run.items).toMatchObject([{ json: { id, deleted: true } }]);
		expect((await binaryContent(run.items[0])).equals(content)).toBe(true);
		expect(fixture.standIn.faxes.has(id)).toBe(false);
	});

	it('the file stays here where the fax cannot be deleted there', async () => {
		const content = await pdfDocument();
		const { id } = await receivedFax(content);
		fixture.standIn.faults.add({ kind: 'forbidden', on: { method: 'DELETE' } });
		const run = await fixture.run(download(id, { options: { deleteAfterDownload: true } }));
		expect(run.items).toMatchObject([
			{ json: { id, deleted: false, deleteError: 'Forbidden (code 403)' } },
		]);
		expect((await binaryContent(run.items[0])).equals(content)).toBe(true);
	});

	it('the fax is kept where its file could not be fetched', async () => {
		const { id } = await receivedFax();
		fixture.standIn.faults.add({ kind: 'truncatedAnswer', on: { path: /^\/faxes-prod\// } });
		const run = await fixture.run(download(id, { options: { deleteAfterDownload: true } }));
		expect(run.status).toBe('error');
		expect(fixture.standIn.faxes.has(id)).toBe(true);
	});

	it('numbers are masked where the user wants that', async () => {
		const { id } = await receivedFax();
		const run = await fixture.run(download(id, { options: { maskNumbers: true } }));
		expect(run.items).toMatchObject([{ json: { from: '+*******0002', to: '+*******0015' } }]);
	});
});
