import { sleep } from 'n8n-workflow';
import { fetch, FormData, ProxyAgent, type RequestInit } from 'undici';
import type { StandIn } from './types';

export interface Answer {
	status: number;
	headers: Record<string, string>;
	text: string;
	/** Parsed, if it is JSON. */
	json: unknown;
}

/** Calls the stand-in in the way of its users: by Telnyx's host name, proxy and TLS. */
export interface Client {
	dispatcher: ProxyAgent;
	fetch(url: string, init?: RequestInit): Promise<Answer>;
	/** An API call with the key; a plain object goes as JSON. */
	call(method: string, path: string, body?: unknown, init?: RequestInit): Promise<Answer>;
	/** The same way for what wants a `fetch` of Node's own shape. */
	globalFetch(
		input: string | URL | Request,
		init?: ConstructorParameters<typeof Request>[1],
	): Promise<Response>;
	close(): Promise<void>;
}

export function createClient(standIn: StandIn): Client {
	const dispatcher = new ProxyAgent({
		uri: standIn.proxyUrl,
		requestTls: { ca: standIn.caCertificate },
	});
	const client: Client = {
		dispatcher,
		async fetch(url, init) {
			const response = await fetch(url, { dispatcher, redirect: 'manual', ...init });
			const text = await response.text();
			return {
				status: response.status,
				headers: Object.fromEntries(response.headers),
				text,
				json: parsed(text),
			};
		},
		async call(method, path, body, init) {
			const raw = body instanceof FormData || typeof body === 'string' || body === undefined;
			const type = raw ? undefined : { 'content-type': 'application/json' };
			return await client.fetch(`https://api.telnyx.com/v2${path}`, {
				method,
				headers: { authorization: `Bearer ${standIn.apiKey}`, ...type },
				body: raw ? body : JSON.stringify(body),
				...init,
			});
		},
		async globalFetch(input, init) {
			const request = new Request(input, init);
			const body = Buffer.from(await request.arrayBuffer());
			const answer = await fetch(request.url, {
				dispatcher,
				method: request.method,
				headers: Object.fromEntries(request.headers),
				body: body.length > 0 ? body : undefined,
				signal: request.signal,
			});
			const bytes = await answer.arrayBuffer();
			return new Response(answer.status === 204 ? null : bytes, {
				status: answer.status,
				headers: Object.fromEntries(answer.headers),
			});
		},
		close: async () => await dispatcher.destroy(),
	};
	return client;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not every answer is JSON; the text is there as well.
		return undefined;
	}
}

/** A multipart body; files are [content, name, type]. */
export function form(
	fields: Record<string, string>,
	files: Record<string, [Buffer, string, string]> = {},
): FormData {
	const body = new FormData();
	for (const [name, value] of Object.entries(fields)) body.append(name, value);
	for (const [name, [bytes, filename, type]] of Object.entries(files)) {
		body.append(name, new Blob([new Uint8Array(bytes)], { type }), filename);
	}
	return body;
}

/** Resolves once a condition holds; the test's own time limit ends a vain wait. */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await sleep(5);
}
