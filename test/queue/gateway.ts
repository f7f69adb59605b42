/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: stands before n8n as its reverse proxy */
import { Agent, createServer } from 'node:http';

import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

/** Paths that n8n's webhook processors serve; everything else belongs to the main process. */
const processorPaths = /^\/webhook(-waiting)?\//;

/** The reverse proxy before an n8n in queue mode, on loopback. */
export interface Gateway {
	origin: string;
	/** How many requests each origin has got. */
	taken: Map<string, number>;
	/** Takes the requests of production webhooks in turn; change it at any time. */
	processors: string[];
	close(): Promise<void>;
}

/**
 * Starts a reverse proxy that routes as n8n's documentation on queue mode has it: production
 * webhooks to the webhook processors in turn, everything else to the main process.
 *
 * @param main the main process's origin
 */
export async function startGateway(main: string, processors: string[]): Promise<Gateway> {
	const agent = new Agent({ keepAlive: true });
	let turn = 0;
	const next = (path: string): string => {
		const pool = processorPaths.test(path) ? gateway.processors : [];
		const origin = pool.length > 0 ? pool[turn++ % pool.length] : main;
		gateway.taken.set(origin, (gateway.taken.get(origin) ?? 0) + 1);
		return origin;
	};
	const proxy = createProxyMiddleware({
		target: main,
		agent,
		router: ({ url }) => next(url ?? ''),
	});
	const server = createServer(express().use(proxy));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const gateway: Gateway = {
		origin: `http://127.0.0.1:${port}`,
		taken: new Map(),
		processors,
		close: async () => {
			agent.destroy();
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return gateway;
}
