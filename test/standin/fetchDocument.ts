import { request, type Dispatcher } from 'undici';
import { routeTo } from './hosts';
import { MEDIA_HOST } from './links';
import { makeDocument, type Document } from './documents';
import type { State } from './state';

export type FetchFailure = 'file_download_failed' | 'file_size_limit_exceeded';

/**
 * Reads a document as Telnyx does: only a direct 2xx counts, redirects are not followed.
 * @param limit bytes
 */
export async function fetchDocument(
	state: State,
	dispatcher: Dispatcher,
	source: string,
	limit: number,
	signal: AbortSignal,
): Promise<Document | FetchFailure> {
	const url = new URL(source);
	const served = state.served.get(url.href);
	if (served) {
		if (!('bytes' in served)) return 'file_download_failed';
		if (served.bytes.length > limit) return 'file_size_limit_exceeded';
		return makeDocument(served.bytes, served.contentType);
	}
	if (url.host === MEDIA_HOST) {
		const answer = state.links.open(url);
		return 'document' in answer ? answer.document : 'file_download_failed';
	}
	const route = routeTo(url, state.hosts);
	if (!route) return 'file_download_failed';
	try {
		return await download(route, dispatcher, limit, signal);
	} catch {
		// Whatever goes wrong on the way is one and the same reason at Telnyx.
		signal.throwIfAborted();
		return 'file_download_failed';
	}
}

async function download(
	route: { url: string; host: string },
	dispatcher: Dispatcher,
	limit: number,
	signal: AbortSignal,
): Promise<Document | FetchFailure> {
	const answer = await request(route.url, {
		dispatcher,
		headers: { host: route.host },
		signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
	});
	if (answer.statusCode < 200 || answer.statusCode > 299) {
		await answer.body.dump();
		return 'file_download_failed';
	}
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of answer.body) {
		const bytes = Buffer.from(chunk);
		size += bytes.length;
		if (size > limit) return 'file_size_limit_exceeded';
		chunks.push(bytes);
	}
	const type = answer.headers['content-type'];
	return makeDocument(Buffer.concat(chunks), typeof type === 'string' ? type : undefined);
}
