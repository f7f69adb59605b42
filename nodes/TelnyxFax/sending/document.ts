import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { InputError, messageOf } from '../../shared/errors';
import { faxableType, fileNameFor, headBytes } from '../../shared/fileTypes';
import type { Stream } from '../../shared/transport';

/** Telnyx's limit for a file that is uploaded, be it with the fax or to Media Storage. */
const maxBytes = 20 * 1024 * 1024;

/** A file of an input item, checked and ready to be sent as often as needed. */
export interface Document {
	fileName: string;
	mimeType: string;
	bytes: number;
	open(): Promise<Buffer | Stream>;
}

async function firstBytes(stream: Stream): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream) {
		const bytes = Buffer.from(chunk);
		chunks.push(bytes);
		length += bytes.length;
		// Leaving the loop closes the stream.
		if (length >= headBytes) break;
	}
	return Buffer.concat(chunks).subarray(0, headBytes);
}

async function stored(
	context: IExecuteFunctions,
	id: string,
): Promise<{ bytes: number; head: () => Promise<Buffer>; open: Document['open'] }> {
	const { fileSize } = await context.helpers.getBinaryMetadata(id);
	const open = async () => await context.helpers.getBinaryStream(id);
	return { bytes: fileSize, open, head: async () => await firstBytes(await open()) };
}

function inMemory({ data }: IBinaryData) {
	return {
		bytes: Buffer.byteLength(data, 'base64'),
		open: async () => Buffer.from(data, 'base64'),
		// Four characters of base64 are three bytes.
		head: async () => Buffer.from(data.slice(0, Math.ceil(headBytes / 3) * 4), 'base64'),
	};
}

/**
 * The file in the binary field `property` of an item. Works in every binary mode of n8n; a file
 * that n8n keeps outside the execution is read as a stream.
 *
 * @throws n8n's own error if the field is missing; InputError if the file cannot be read, is empty,
 * too large, or of a type that cannot be faxed
 */
export async function documentOf(
	context: IExecuteFunctions,
	itemIndex: number,
	property: string,
): Promise<Document> {
	const what = `The file in field "${property}" of item ${itemIndex}`;
	const file = context.helpers.assertBinaryData(itemIndex, property);
	const unreadable = (error: unknown): never => {
		throw new InputError(
			`${what} cannot be read: ${messageOf(error)}`,
			'Check that it still exists, and in queue mode that all processes of n8n share their binary data',
		);
	};
	const source = file.id ? await stored(context, file.id).catch(unreadable) : inMemory(file);
	if (source.bytes > maxBytes) {
		throw new InputError(
			`${what} has ${(source.bytes / 1024 / 1024).toFixed(1)} MB, and Telnyx takes uploads of up to 20 MB`,
			'Make the file smaller, or put it online and send its URL: by URL Telnyx takes up to 50 MB',
		);
	}
	const type = faxableType(await source.head().catch(unreadable), file, what);
	return {
		fileName: fileNameFor(file.fileName || 'document', type),
		mimeType: type.mimeType,
		bytes: source.bytes,
		open: source.open,
	};
}
