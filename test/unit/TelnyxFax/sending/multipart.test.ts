/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: makes a stream to upload */
import { Readable } from 'node:stream';
import busboy from 'busboy';

import type { Document } from '../../../../nodes/TelnyxFax/sending/document';
import { multipart } from '../../../../nodes/TelnyxFax/sending/multipart';
import type { Upload } from '../../../../nodes/shared/transport';

interface Form {
	fields: Array<[name: string, value: string]>;
	files: Array<{ field: string; filename?: string; mimeType: string; content: Buffer }>;
}

async function bytesOf({ body }: Upload): Promise<Buffer> {
	if (Buffer.isBuffer(body)) return body;
	if (!(body instanceof Readable)) throw new Error('The body is neither bytes nor a stream');
	return Buffer.concat(await body.toArray());
}

/** What a server that follows the standards makes of an upload. */
async function parsed({ headers }: Upload, bytes: Buffer): Promise<Form> {
	const form: Form = { fields: [], files: [] };
	const parser = busboy({ headers: { 'content-type': headers['Content-Type'] } });
	parser.on('field', (name, value) => form.fields.push([name, value]));
	parser.on('file', (field, stream, { filename, mimeType }) => {
		const chunks: Buffer[] = [];
		stream.on('data', (chunk: Buffer) => chunks.push(chunk));
		stream.on('end', () => {
			form.files.push({ field, filename, mimeType, content: Buffer.concat(chunks) });
		});
	});
	await new Promise((resolve, reject) => {
		parser.on('close', resolve).on('error', reject);
		Readable.from([bytes]).pipe(parser);
	});
	return form;
}

const content = Buffer.from('%PDF-1.7\r\n--boundary\r\n\0\xff--\r\n', 'latin1');

function documentNamed(fileName: string, open: Document['open'] = async () => content): Document {
	return { fileName, mimeType: 'application/pdf', bytes: content.length, open };
}

const fields = {
	connection_id: '1293384261075731499',
	monochrome: false,
	ttl_secs: 3600,
	to: '+1',
};

it('has the fields in order, then the file with its name and type', async () => {
	const upload = await multipart(fields, 'contents', documentNamed('letter.pdf'));
	expect(await parsed(upload, await bytesOf(upload))).toEqual({
		fields: [
			['connection_id', '1293384261075731499'],
			['monochrome', 'false'],
			['ttl_secs', '3600'],
			['to', '+1'],
		],
		files: [{ field: 'contents', filename: 'letter.pdf', mimeType: 'application/pdf', content }],
	});
});

it('is the same as a stream as it is in memory, in any number of chunks', async () => {
	const chunks = [...content].map((byte) => Buffer.from([byte]));
	const document = documentNamed('letter.pdf', async () => Readable.from(chunks));
	const upload = await multipart(fields, 'media', document);
	expect(Buffer.isBuffer(upload.body)).toBe(false);
	const bytes = await bytesOf(upload);
	expect(bytes).toHaveLength(Number(upload.headers['Content-Length']));
	expect((await parsed(upload, bytes)).files).toMatchObject([{ field: 'media', content }]);
});

it('opens the document anew each time, with a boundary that nobody can guess', async () => {
	const open = jest.fn(async () => Readable.from([content]));
	const document = documentNamed('letter.pdf', open);
	const [first, second] = [
		await multipart(fields, 'contents', document),
		await multipart(fields, 'contents', document),
	];
	expect(open).toHaveBeenCalledTimes(2);
	expect(first.headers['Content-Type']).not.toBe(second.headers['Content-Type']);
	expect(await bytesOf(first)).toHaveLength((await bytesOf(second)).length);
});

it.each([
	['letter "final".pdf', 'letter %22final%22.pdf'],
	[
		'a\r\nContent-Type: text/html\r\n\r\n<script>.pdf',
		'a%0D%0AContent-Type: text/html%0D%0A%0D%0A<script>.pdf',
	],
	['Überweisung 東京 🖷.pdf', 'Überweisung 東京 🖷.pdf'],
	['a; name="to".pdf', 'a; name=%22to%22.pdf'],
	["it's (1) 100%.pdf", "it's (1) 100%.pdf"],
	['   .pdf', '   .pdf'],
])('keeps the file name %j from breaking out of its header', async (fileName, expected) => {
	const upload = await multipart(fields, 'contents', documentNamed(fileName));
	const bytes = await bytesOf(upload);
	expect(bytes).toHaveLength(Number(upload.headers['Content-Length']));
	expect(bytes.toString('utf8')).toContain(`; filename="${expected}"\r\n`);
	const form = await parsed(upload, bytes);
	expect(form.fields).toHaveLength(4);
	expect(form.files).toMatchObject([{ field: 'contents', content, mimeType: 'application/pdf' }]);
});

it('cannot be ended by a field that contains a boundary', async () => {
	const hostile = '\r\n------x--\r\nContent-Disposition: form-data; name="to"\r\n\r\n+1900';
	const upload = await multipart({ from: hostile }, 'contents', documentNamed('a.pdf'));
	expect((await parsed(upload, await bytesOf(upload))).fields).toEqual([['from', hostile]]);
});
