import type { Request, RequestHandler } from 'express';
import { beginCall } from './calls';
import { now } from './clock';
import { changed, type State } from './state';
import type { RecordedRequest } from './types';

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

/** Writes down every request before anything else happens to it. */
export function recordRequests(
	state: State,
	into: RecordedRequest[],
	connectionOf: (req: Request) => number,
): RequestHandler {
	let inFlight = 0;
	return (req, res, next) => {
		inFlight++;
		const query: unknown = req.query;
		const record: RecordedRequest = {
			method: req.method,
			host: req.hostname,
			path: req.path,
			query: isRecord(query) ? query : {},
			headers: { ...req.headers },
			ignoredFields: [],
			at: now(state.settings),
			connection: connectionOf(req),
			inFlight,
		};
		into.push(record);
		beginCall(req, record);
		res.on('close', () => {
			inFlight--;
			record.finishedAt = now(state.settings);
			changed(state);
		});
		next();
	};
}
