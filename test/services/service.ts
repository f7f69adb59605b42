/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: plays services that workflows talk to */
import { once } from 'node:events';

import express from 'express';
import type { Express, Request } from 'express';

/** A request as a service got it. */
export interface ServiceRequest {
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, unknown>;
	headers: Request['headers'];
	/** Parsed JSON, the bytes of anything else, or an empty object where there was no body. */
	body: unknown;
}

/** A stand-in for another company's API, listening on loopback. */
export interface Service {
	/** `http://127.0.0.1:<port>` */
	origin: string;
	/** In order of arrival. */
	requests: ServiceRequest[];
	close(): Promise<void>;
}

/** Starts a service whose routes `addRoutes` adds; what it gets is recorded before they run. */
export async function startService(addRoutes: (app: Express) => void): Promise<Service> {
	const requests: ServiceRequest[] = [];
	const app = express().disable('x-powered-by');
	app.use(express.json({ limit: '10mb' }), express.raw({ type: () => true, limit: '50mb' }));
	app.use((req, _res, next) => {
		const { method, path, query, headers } = req;
		const body: unknown = req.body;
		requests.push({ method, path, query, headers, body: body ?? {} });
		next();
	});
	addRoutes(app);
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The service has no port');
	return {
		origin: `http://127.0.0.1:${address.port}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
