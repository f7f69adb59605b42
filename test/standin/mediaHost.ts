import express, { type Express, type Request, type Response } from 'express';
import { pause } from './background';
import { answerBytes, callOf, resetConnection } from './calls';
import { now } from './clock';
import { MEDIA_HOST, type LinkAnswer } from './links';
import type { State } from './state';

function errorXml(code: string, message: string, details: Record<string, string> = {}): Buffer {
	const fields = { Code: code, Message: message, ...details, RequestId: 'STANDIN' };
	const body = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
	return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${body.join('')}</Error>`);
}

/** The public side of files: pre-signed links, and what `serve` put up. */
export function createMediaHost(state: State): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use(async (req, res) => {
		res.setHeader('date', new Date(now(state.settings)).toUTCString());
		const call = callOf(req);
		call.fault = state.faults.forRequest(call.record);
		call.record.fault = call.fault?.kind;
		switch (call.fault?.kind) {
			case 'resetBeforeAcceptance':
				resetConnection(req);
				return;
			case 'noAnswerBeforeAcceptance':
				return;
			case 'error500':
			case 'error502':
			case 'error503':
				answerBytes(
					req,
					res,
					Number(call.fault.kind.slice(-3)),
					errorXml('InternalError', 'Error'),
				);
				return;
			default:
		}
		if (state.settings.latencyMs > 0) {
			await pause(state.settings.latencyMs, state.background.signal);
		}
		if (req.hostname === MEDIA_HOST) answerLink(state, req, res);
		else answerServed(state, req, res);
	});
	return app;
}

function answerLink(state: State, req: Request, res: Response): void {
	const url = new URL(req.originalUrl, `https://${MEDIA_HOST}`);
	const answer: LinkAnswer =
		req.headers.authorization === undefined
			? state.links.open(url)
			: {
					status: 400,
					code: 'InvalidArgument',
					message:
						'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, ' +
						'Signature query string parameter or the Authorization header should be specified',
				};
	if ('document' in answer) {
		res.setHeader('content-type', answer.document.contentType);
		answerBytes(req, res, 200, answer.document.bytes);
		return;
	}
	res.setHeader('content-type', 'application/xml');
	answerBytes(req, res, answer.status, errorXml(answer.code, answer.message, answer.details));
}

function answerServed(state: State, req: Request, res: Response): void {
	const protocol = 'encrypted' in req.socket ? 'https' : 'http';
	const url = new URL(req.originalUrl, `${protocol}://${req.headers.host ?? ''}`);
	const served = state.served.get(url.href);
	if (!served) {
		answerBytes(req, res, 404, Buffer.from('Not found'));
	} else if ('bytes' in served) {
		res.setHeader('content-type', served.contentType);
		answerBytes(req, res, 200, served.bytes);
	} else if ('redirect' in served) {
		res.setHeader('location', served.redirect);
		answerBytes(req, res, 302, Buffer.alloc(0));
	} else {
		answerBytes(req, res, served.status, Buffer.alloc(0));
	}
}
