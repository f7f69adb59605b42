import type { IBinaryData, IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { InputError, TelnyxError } from './errors';
import { fileNameFor, headBytes, signatureType } from './fileTypes';
import { stringAt } from './json';
import { pause } from './pause';
import { faxPath, getFax } from './resources';
import type { OpenFile, Stream, TelnyxContext } from './transport';
import { cancelSignal, openFile, telnyxRequest } from './transport';

/** Far above the 50 MB of a fax; keeps a wrong link from filling the disk. */
const maxBytes = 200 * 1024 * 1024;

/** A transfer that stalls would never end by itself. */
const longestDownloadMs = 300_000;

/** How often a transfer that breaks off half-way is begun. */
const mostTransfers = 3;

/** Pauses before each look for the renewed link of a received fax, in ms. */
const refreshPausesMs = [0, 500, 1000, 2000];

/** What to do where a fax has no such file, by the value of the parameter File. */
const missing: Record<string, [name: string, nextStep: string]> = {
	document: [
		'document that Telnyx still offers',
		'Telnyx offers received documents, and sent ones as long as they are in Media Storage or at their own URL',
	],
	preview: ['preview', 'Send the fax with the option Store Preview to get one'],
	storedMedia: ['stored media', 'Send the fax with the option Store Media to get it'],
};

const linkFields: Record<string, string> = {
	document: 'media_url',
	preview: 'preview_url',
	storedMedia: 'stored_media_url',
};

function linkOf(fax: IDataObject, file: string): string | undefined {
	return stringAt(fax, linkFields[file] ?? 'media_url');
}

async function refreshedLink(
	context: TelnyxContext,
	id: string,
	expired: string,
	signal?: AbortSignal,
): Promise<string> {
	await telnyxRequest(context, {
		method: 'POST',
		path: faxPath(id, '/actions/refresh'),
		repeatable: true,
		signal,
	});
	let link = expired;
	for (const ms of refreshPausesMs) {
		await pause(ms, signal);
		link = linkOf(await getFax(context, id, signal), 'document') ?? link;
		if (link !== expired) break;
	}
	return link;
}

async function open(
	context: TelnyxContext,
	fax: IDataObject,
	file: string,
	signal?: AbortSignal,
): Promise<OpenFile> {
	const id = String(fax.id);
	const url = linkOf(fax, file);
	const mediaName = file === 'document' ? stringAt(fax, 'media_name') : undefined;
	if (url === undefined && mediaName !== undefined) {
		const path = `/media/${encodeURIComponent(mediaName)}/download`;
		return await openFile(context, { path }, signal);
	}
	if (url === undefined) {
		const [name, nextStep] = missing[file] ?? missing.document;
		throw new InputError(`Fax ${id} has no ${name}`, nextStep);
	}
	return await openFile(context, { url }, signal).catch(async (error: unknown) => {
		const expired = error instanceof TelnyxError && error.status === 403;
		if (!expired || file !== 'document' || fax.direction !== 'inbound') throw error;
		const renewed = await refreshedLink(context, id, url, signal);
		return await openFile(context, { url: renewed }, signal);
	});
}

/** The first bytes of a stream, which stay in it. */
async function peek(stream: Stream): Promise<Buffer> {
	await new Promise<void>((resolve, reject) => {
		stream.once('readable', resolve).once('end', resolve).once('error', reject);
	});
	const chunk: unknown = stream.read();
	if (!Buffer.isBuffer(chunk)) return Buffer.alloc(0);
	stream.unshift(chunk);
	return chunk.subarray(0, headBytes);
}

async function* capped(chunks: AsyncIterable<Buffer>) {
	let bytes = 0;
	for await (const chunk of chunks) {
		bytes += chunk.length;
		if (bytes > maxBytes) {
			throw new InputError(
				`The document has more than ${maxBytes / 1024 / 1024} MB`,
				'Check in the Telnyx portal what it is',
			);
		}
		yield chunk;
	}
}

function extensionOf(mimeType: string): string {
	return mimeType === 'application/pdf' ? 'pdf' : mimeType.replace(/^.*[/.+-]/, '');
}

async function store(
	context: IExecuteFunctions | IWebhookFunctions,
	fax: IDataObject,
	file: string,
	signal?: AbortSignal,
): Promise<IBinaryData> {
	const { headers, stream } = await open(context, fax, file, signal);
	const label = String(headers['content-type'] ?? 'application/octet-stream')
		.split(';')[0]
		.trim();
	// Storage services label anything as octet-stream, so the first bytes go first.
	const type = signatureType(await peek(stream)) ?? {
		mimeType: label,
		extension: extensionOf(label),
	};
	const name = `fax-${String(fax.id)}${file === 'preview' ? '-preview' : ''}`;
	return await context.helpers.prepareBinaryData(
		stream.compose<Stream>(capped),
		fileNameFor(name, type),
		type.mimeType,
	);
}

/**
 * Downloads a file of a fax into n8n's binary data, as a stream. The link gets no API key; the
 * expired link of a received fax is renewed once; a transfer that breaks off is begun again.
 *
 * @param fax as Telnyx answers it
 * @param file `document`, `preview` or `storedMedia`
 * @param signal ends it early; by default when the execution is stopped
 * @throws InputError if the fax has no such file; TelnyxError if it cannot be fetched
 */
export async function downloadFax(
	context: IExecuteFunctions | IWebhookFunctions,
	fax: IDataObject,
	file: string,
	signal = cancelSignal(context),
): Promise<IBinaryData> {
	const deadline = AbortSignal.timeout(longestDownloadMs);
	const end = signal ? AbortSignal.any([signal, deadline]) : deadline;
	for (let tries = 1; ; tries++) {
		const outcome = await store(context, fax, file, end).catch((error: unknown) => ({ error }));
		if (!('error' in outcome)) return outcome;
		const { error } = outcome;
		const isFinal = error instanceof InputError || error instanceof TelnyxError;
		if (deadline.aborted) {
			throw new TelnyxError(
				`The document did not arrive within ${longestDownloadMs / 60_000} minutes`,
				{ outcome: 'refused', nextStep: 'Try again later' },
			);
		}
		if (isFinal || tries === mostTransfers || end.aborted) throw error;
	}
}
