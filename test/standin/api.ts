/* eslint-disable @typescript-eslint/no-unused-vars -- runs outside n8n: Express knows an error handler by its fourth parameter */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Dispatcher } from 'undici';
import { pause } from './background';
import { readBodies } from './bodies';
import { answer, callOf, refuse, resetConnection } from './calls';
import { now } from './clock';
import {
	ApiError,
	badRequest,
	forbidden,
	notFound,
	serverError,
	tooManyRequests,
	unauthorized,
} from './errors';
import type { Lifecycle } from './lifecycle';
import { endpointOf } from './rateLimit';
import { applicationRoutes } from './routes/applications';
import { faxRoutes } from './routes/faxes';
import { keyRoutes } from './routes/keys';
import { mediaRoutes } from './routes/media';
import { phoneNumberRoutes } from './routes/phoneNumbers';
import { reportRoutes } from './routes/reports';
import { voiceProfileRoutes } from './routes/voiceProfiles';
import type { State } from './state';

export const API_HOST = 'api.telnyx.com';

/** Everything under `https://api.telnyx.com/v2`. */
export function createApi(state: State, lifecycle: Lifecycle, dispatcher: Dispatcher): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.set('query parser', 'extended');
	app.use(setDate(state), ...readBodies(), waitLatency(state), playFaults(state));
	app.use(authenticate(state), limitRate(state));
	app.use(
		'/v2',
		faxRoutes(state, lifecycle),
		applicationRoutes(state),
		mediaRoutes(state, dispatcher),
		phoneNumberRoutes(state),
		voiceProfileRoutes(state),
		keyRoutes(state),
		reportRoutes(state),
	);
	app.use(() => {
		throw notFound();
	});
	app.use(answerErrors(state));
	return app;
}

function setDate(state: State): RequestHandler {
	return (_req, res, next) => {
		res.setHeader('date', new Date(now(state.settings)).toUTCString());
		next();
	};
}

function waitLatency(state: State): RequestHandler {
	return async (_req, _res, next) => {
		const { latencyMs } = state.settings;
		if (latencyMs > 0) await pause(latencyMs, state.background.signal);
		next();
	};
}

/** Plays the faults that strike before the request takes effect. */
function playFaults(state: State): RequestHandler {
	return (req, res, next) => {
		const call = callOf(req);
		const fault = state.faults.forRequest(call.record);
		call.fault = fault;
		call.record.fault = fault?.kind;
		switch (fault?.kind) {
			case 'resetBeforeAcceptance':
				resetConnection(req);
				return;
			case 'noAnswerBeforeAcceptance':
				return;
			case 'error500':
				throw serverError(500);
			case 'error502':
				throw serverError(502);
			case 'error503':
				throw serverError(503);
			case 'htmlError502':
				call.record.status = 502;
				res
					.status(502)
					.type('html')
					.send('<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>');
				return;
			case 'tooManyRequests':
				throw tooManyRequests({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' });
			case 'tooManyRequestsRetryAfter':
				throw tooManyRequests({ 'retry-after': String(fault.retryAfterSecs ?? 1) });
			case 'unauthorized':
				throw unauthorized();
			case 'forbidden':
				throw forbidden();
			default:
				next();
		}
	};
}

const faxPath = /^\/v2\/(faxes|fax_applications)(\/|$)/;

function authenticate(state: State): RequestHandler {
	return (req, _res, next) => {
		const key = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
		if (key === state.restrictedApiKey && faxPath.test(req.path)) throw forbidden();
		if (key !== state.apiKey && key !== state.restrictedApiKey) throw unauthorized();
		next();
	};
}

function limitRate(state: State): RequestHandler {
	return (req, res, next) => {
		res.set(state.rateLimiter.count(endpointOf(req.method, req.path)));
		next();
	};
}

function answerErrors(state: State): ErrorRequestHandler {
	return (error: unknown, req, res, _next) => {
		const stopped = error instanceof Error && error.name === 'AbortError';
		if (stopped || res.headersSent) {
			req.socket.destroy();
			return;
		}
		if (error instanceof ApiError) refuse(req, res, error, state);
		else if (isBodyError(error)) refuse(req, res, badRequest({ pointer: '/' }), state);
		else answer(req, res, 500, { errors: [{ code: '10007', title: String(error) }] });
	};
}

function isBodyError(error: unknown): boolean {
	return error instanceof Error && 'type' in error && 'status' in error && error.status === 400;
}
