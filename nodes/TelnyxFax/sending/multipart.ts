import { randomUUID } from 'node:crypto';

import type { Upload } from '../../shared/transport';
import type { Document } from './document';

/** Names in a part's header, escaped as HTML's multipart/form-data encoding asks. */
function quoted(name: string): string {
	return `"${name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22')}"`;
}

/**
 * A multipart/form-data body of `fields` and one file, which is streamed where n8n can stream it.
 * The length is sent along, so that nothing on the way has to take a chunked upload.
 */
export async function multipart(
	fields: Record<string, string | number | boolean>,
	fileField: string,
	document: Document,
): Promise<Upload> {
	const boundary = `----${randomUUID()}`;
	const parts = Object.entries(fields).map(
		([name, value]) =>
			`--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`,
	);
	// Telnyx refuses a file part without a file name (telnyx-node issue 150).
	const fileHeader = `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(fileField)}; filename=${quoted(document.fileName)}\r\nContent-Type: ${document.mimeType}\r\n\r\n`;
	const head = Buffer.from(parts.join('') + fileHeader);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	const content = await document.open();
	const body = Buffer.isBuffer(content)
		? Buffer.concat([head, content, tail])
		: content.compose(async function* (chunks: AsyncIterable<Buffer>) {
				yield head;
				yield* chunks;
				yield tail;
			});
	return {
		headers: {
			'Content-Type': `multipart/form-data; boundary=${boundary}`,
			'Content-Length': String(head.length + document.bytes + tail.length),
		},
		body,
	};
}
