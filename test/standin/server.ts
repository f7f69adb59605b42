/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: the stand-in is a server */
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { API_HOST } from './api';
import { pairSockets } from './calls';
import { MEDIA_HOST } from './links';
import { recordRequests } from './recording';
import type { State } from './state';
import type { CertificateAuthority } from './tls';

export interface Servers {
	/** Port of the page and the proxy. */
	port: number;
	tlsPort: number;
	close(): Promise<void>;
}

const numbers = new WeakMap<object, number>();
let connections = 0;

function connectionOf(req: Request): number {
	const known = numbers.get(req.socket) ?? ++connections;
	numbers.set(req.socket, known);
	return known;
}

function byHost(state: State, api: Express, mediaHost: Express): Express {
	const app = express();
	app.disable('x-powered-by');
	app.set('query parser', 'extended');
	const toApi: RequestHandler[] = [recordRequests(state, state.requests, connectionOf), api];
	const toMedia: RequestHandler[] = [
		recordRequests(state, state.downloads, connectionOf),
		mediaHost,
	];
	const isApi: RequestHandler = (req, _res, next) =>
		next(req.hostname === API_HOST ? undefined : 'route');
	const originOf = (req: IncomingMessage) => state.hosts.get(req.headers.host ?? '');
	const forward = createProxyMiddleware<Request>({ router: originOf, target: 'http://127.0.0.1' });
	const isElsewhere: RequestHandler = (req, _res, next) =>
		next(originOf(req) === undefined ? 'route' : undefined);
	app.all('/{*path}', isElsewhere, (req, res, next) => void forward(req, res, next));
	app.all('/{*path}', isApi, ...toApi);
	app.all('/{*path}', ...toMedia);
	return app;
}

/**
 * Starts the page and proxy on one port and the hosts behind TLS on another, both on 127.0.0.1.
 * What `state.hosts` plays on this machine, clients reach through the proxy too.
 * A CONNECT to a host that is played here hands the client's own TCP connection to the TLS
 * server, so that resets and half answers reach the client as such.
 */
export async function startServers(
	state: State,
	options: {
		port: number;
		authority: CertificateAuthority;
		api: Express;
		mediaHost: Express;
		page: RequestHandler;
	},
): Promise<Servers> {
	const { authority } = options;
	const app = byHost(state, options.api, options.mediaHost);
	const sockets = new Set<Duplex>();
	const secure = createHttpsServer(
		{
			SNICallback: (host, done) => {
				authority.contextFor(host).then(
					(context) => done(null, context),
					(error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
				);
			},
			ALPNProtocols: ['http/1.1'],
			keepAliveTimeout: 60_000,
		},
		app,
	);
	const rawByPort = new Map<string, Socket>();
	const portsOf = (socket: Socket) => `${socket.remotePort}:${socket.localPort}`;
	secure.on('connection', (raw: Socket) => {
		track(raw);
		const ports = portsOf(raw);
		rawByPort.set(ports, raw);
		raw.once('close', () => rawByPort.delete(ports));
	});
	secure.on('secureConnection', (socket) => {
		const raw = rawByPort.get(portsOf(socket));
		if (raw) pairSockets(socket, raw);
	});

	const plain = createHttpServer({ keepAliveTimeout: 60_000 }, (req, res) => {
		const handler = req.url?.startsWith('/') ? page : app;
		handler(req, res);
	});
	const page = express().disable('x-powered-by').use(options.page);
	plain.on('connection', track);
	plain.on('connect', (req: IncomingMessage, client: Socket, head: Buffer) => {
		if (!isPlayed(state, req.url ?? '')) {
			const body = `The stand-in's proxy does not lead to ${req.url ?? ''}\n`;
			client.end(
				'HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\n' +
					`content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
			);
			return;
		}
		client.setTimeout(0);
		client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		if (head.length > 0) client.unshift(head);
		secure.emit('connection', client);
	});

	await Promise.all([listen(plain, options.port), listen(secure, 0)]);
	return {
		port: portOf(plain),
		tlsPort: portOf(secure),
		async close() {
			const closed = [plain, secure].map(
				async (server) => await new Promise<void>((resolve) => server.close(() => resolve())),
			);
			for (const socket of sockets) socket.destroy();
			await Promise.all(closed);
		},
	};

	function track(socket: Socket): void {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		// A client that hangs up in the middle is part of the play.
		socket.on('error', () => socket.destroy());
	}
}

function isPlayed(state: State, target: string): boolean {
	if (!URL.canParse(`https://${target}`)) return false;
	const { host } = new URL(`https://${target}`);
	if (host === API_HOST || host === MEDIA_HOST || state.hosts.has(host)) return true;
	return [...state.served.keys()].some((url) => new URL(url).host === host);
}

async function listen(server: Server, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({ port, host: '127.0.0.1', backlog: 2048 }, () => resolve());
	});
}

function portOf(server: Server): number {
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return address.port;
}
