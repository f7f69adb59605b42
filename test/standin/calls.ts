/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n: late answers wait on a timer */
import type { Request, Response } from 'express';
import { errorBody, serverError, type ApiError } from './errors';
import type { ApiFaultRule } from './faults';
import type { State } from './state';
import type { RecordedRequest } from './types';

/** A file that came in a multipart body. */
export interface UploadedFile {
	filename?: string;
	contentType: string;
	bytes: Buffer;
	/** More than the 20 MB an upload may have; the bytes are then cut off. */
	tooLarge: boolean;
}

/** What the stand-in knows about a call while it is handled. */
export interface Call {
	record: RecordedRequest;
	encoding: 'json' | 'form' | 'multipart' | 'none';
	body: Record<string, unknown>;
	files: Map<string, UploadedFile>;
	fault?: ApiFaultRule;
}

const calls = new WeakMap<Request, Call>();

/** Attaches what is known to a call. */
export function beginCall(req: Request, record: RecordedRequest): Call {
	const call: Call = { record, encoding: 'none', body: {}, files: new Map() };
	calls.set(req, call);
	return call;
}

/** The call behind a request of the API or the media host. */
export function callOf(req: Request): Call {
	const call = calls.get(req);
	if (!call) throw new Error('The request was not recorded');
	return call;
}

/** A parameter of the path. */
export function pathParameter(req: Request, name: string): string {
	const value = req.params[name];
	return typeof value === 'string' ? value : '';
}

/** Answers an API call with JSON, or without a body. */
export function answer(req: Request, res: Response, status: number, body?: unknown): void {
	const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
	if (text) res.setHeader('content-type', 'application/json; charset=utf-8');
	answerBytes(req, res, status, text);
}

/** Refuses an API call in the dialect of its endpoint. */
export function refuse(req: Request, res: Response, error: ApiError, state: State): void {
	const faxEndpoint = /^\/v2\/(faxes|fax_applications)(\/|$)/.test(callOf(req).record.path);
	const dialect = faxEndpoint ? state.settings.errorDialect : 'codes';
	res.set(error.headers);
	answer(req, res, error.status, errorBody(error, dialect));
}

/** Sends the bytes of an answer, unless a fault keeps them from arriving. */
export function answerBytes(req: Request, res: Response, status: number, bytes?: Buffer): void {
	const { fault } = callOf(req);
	switch (fault?.kind) {
		case 'noAnswerAfterAcceptance':
			return;
		case 'resetAfterAcceptance':
			resetConnection(req);
			return;
		case 'truncatedAnswer':
			sendHalf(req, res, status, bytes ?? Buffer.alloc(0));
			return;
		case 'error500AfterAcceptance':
			send(req, res, 500, Buffer.from(JSON.stringify(errorBody(serverError(500), 'codes'))));
			return;
		case 'lateAnswer':
			setTimeout(() => send(req, res, status, bytes), fault.ms ?? 1000).unref();
			return;
		default:
			send(req, res, status, bytes);
	}
}

function send(req: Request, res: Response, status: number, bytes?: Buffer): void {
	if (res.destroyed) return;
	callOf(req).record.status = status;
	res.writeHead(status, bytes ? { 'content-length': bytes.length } : {});
	res.end(req.method === 'HEAD' ? undefined : bytes);
}

function sendHalf(req: Request, res: Response, status: number, bytes: Buffer): void {
	callOf(req).record.status = status;
	res.writeHead(status, { 'content-length': bytes.length });
	res.flushHeaders();
	res.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => req.socket.destroy());
}

const rawSockets = new WeakMap<object, { resetAndDestroy(): unknown }>();

/** Remembers the TCP connection below a TLS one. */
export function pairSockets(secure: object, raw: { resetAndDestroy(): unknown }): void {
	rawSockets.set(secure, raw);
}

/** Ends the client's connection with a TCP reset. */
export function resetConnection(req: Request): void {
	const raw = rawSockets.get(req.socket);
	if (raw) raw.resetAndDestroy();
	else req.socket.destroy();
}
