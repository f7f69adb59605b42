/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: receives webhooks in tests */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export interface ReceivedEvent {
	path: string;
	headers: IncomingHttpHeaders;
	/** The bytes that were signed, as text. */
	body: string;
	type: string;
	attempt: number;
	deliveredTo: string;
	payload: Record<string, unknown>;
}

export interface Reply {
	status?: number;
	headers?: Record<string, string>;
	/** Milliseconds before the answer. */
	afterMs?: number;
}

/** A webhook receiver on this machine, to be put up among the stand-in's hosts. */
export interface Receiver {
	origin: string;
	received: ReceivedEvent[];
	/** Decides each answer; 200 at once unless told. */
	reply: (event: ReceivedEvent) => Reply;
	close(): Promise<void>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function read(value: unknown, ...path: string[]): unknown {
	let current = value;
	for (const name of path) current = isRecord(current) ? current[name] : undefined;
	return current;
}

export async function startReceiver(): Promise<Receiver> {
	const server = createServer((req, res) => {
		const chunks: Buffer[] = [];
		req.on('data', (chunk: Buffer) => chunks.push(chunk));
		req.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			const json: unknown = JSON.parse(body);
			const payload = read(json, 'data', 'payload');
			const event: ReceivedEvent = {
				path: req.url ?? '',
				headers: req.headers,
				body,
				type: String(read(json, 'data', 'event_type')),
				attempt: Number(read(json, 'meta', 'attempt')),
				deliveredTo: String(read(json, 'meta', 'delivered_to')),
				payload: isRecord(payload) ? payload : {},
			};
			receiver.received.push(event);
			const { status = 200, headers = {}, afterMs = 0 } = receiver.reply(event);
			void wait(afterMs).then(() => res.writeHead(status, headers).end());
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const receiver: Receiver = {
		origin: `http://127.0.0.1:${port}`,
		received: [],
		reply: () => ({}),
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return receiver;
}
