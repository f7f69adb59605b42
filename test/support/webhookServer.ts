/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: listens for webhooks as n8n does */
import { once } from 'node:events';
import { createServer } from 'node:http';

import express from 'express';
import type { Request, Response } from 'express';
import { jsonParse } from 'n8n-workflow';
import type { IWebhookResponseData } from 'n8n-workflow';

/** Handles one webhook call, usually by calling a node's `webhook()`. */
export type WebhookHandler = (
	request: Request,
	response: Response,
) => Promise<IWebhookResponseData>;

/** A loopback server that treats requests and answers as n8n's webhook endpoint does. */
export interface WebhookServer {
	/** Where it listens, without a trailing slash. */
	url: string;
	close(): Promise<void>;
}

/**
 * Serves a handler on every path. As in n8n, the handler sees the raw body, a throw is answered
 * 500, and `noWebhookResponse` leaves the answer to the handler.
 */
export async function serveWebhook(handler: WebhookHandler): Promise<WebhookServer> {
	const app = express();
	app.use(express.raw({ type: () => true, limit: '16mb' }));
	app.use(async (request: Request, response: Response) => {
		const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
		try {
			const body: unknown = rawBody.length > 0 ? jsonParse(rawBody.toString()) : {};
			Object.assign(request, { rawBody, body });
		} catch {
			response.status(422).json({ message: 'Failed to parse request body' });
			return;
		}
		try {
			const { noWebhookResponse, webhookResponse } = await handler(request, response);
			if (noWebhookResponse === true) return;
			response.json(webhookResponse ?? { message: 'Webhook call received' });
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			response.status(500).json({ message });
		}
	});
	const server = createServer(app).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No port to listen on');
	return {
		url: `http://127.0.0.1:${address.port}`,
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}
