import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { ConnectionFailure } from './errors';
import { answerError, connectionFailure, messageOf, refusalOfN8n, TelnyxError } from './errors';
import { isObject } from './json';
import { Pace } from './pace';
import { pause } from './pause';
import { retryPauseMs } from './retry';

/** The only host that ever sees the API key. */
const apiUrl = 'https://api.telnyx.com/v2';

const answerTimeoutMs = 30_000;

const transferTimeoutMs = 300_000;

export type TelnyxContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** A readable stream as n8n's helpers give and take it. */
export type Stream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A body that is not JSON, with the headers that describe it. */
export interface Upload {
	headers: Record<string, string>;
	body: IHttpRequestOptions['body'];
}

export interface TelnyxRequest {
	method: IHttpRequestMethods;
	/** Below the API's base URL; ids in it are URL-encoded by the caller. */
	path: string;
	query?: IDataObject;
	json?: IDataObject;
	/** Makes the body anew for each try, because a stream can be sent only once. */
	upload?: () => Promise<Upload>;
	/** Whether doing it twice does the same as once; by default all but POST. */
	repeatable?: boolean;
	/** The status that says, after a try without an answer, that it is already done; 404 for DELETE. */
	doneStatus?: number;
	/** Ends it early; by default when the execution is stopped. */
	signal?: AbortSignal;
	/** Keeps it from being sent, or sent again, once it aborts; a try on its way is awaited. */
	unless?: AbortSignal;
}

export interface TelnyxAnswer {
	/** Names in lower case. */
	headers: IDataObject;
	body: IDataObject;
}

export interface OpenFile {
	headers: IDataObject;
	stream: Stream;
}

/** One try of a request: what it gave, or why it gave nothing. */
type Try<T> = T | { error: unknown; status?: number; headers?: IDataObject };

// The host was not found, nobody took the connection, or its certificate was refused.
const neverSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|.*CERT.*|.*SIGNATURE)$/;

// Node refuses to write such a header or URL.
const unmakeable = /^ERR_INVALID_(CHAR|HTTP_TOKEN|URL)$/;

// Telnyx counts its rate limits per endpoint. A context lives as long as one run of a node, and so
// does what was learned in it.
const paces = new WeakMap<TelnyxContext, Map<string, Pace>>();

function paceOf(context: TelnyxContext, method: string, path: string): Pace {
	const ofContext = paces.get(context) ?? new Map<string, Pace>();
	paces.set(context, ofContext);
	const endpoint = `${method} ${path.split('/')[1]}`;
	const pace = ofContext.get(endpoint) ?? new Pace();
	ofContext.set(endpoint, pace);
	return pace;
}

/** The signal that aborts when the user stops the execution; undefined outside executions. */
export function cancelSignal(context: TelnyxContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

// Read before the first request: afterwards n8n wraps the error of a credential that cannot be read
// like one of a request that may have reached Telnyx.
const credentials = new WeakMap<TelnyxContext, Promise<unknown>>();

async function assertCredential(context: TelnyxContext): Promise<void> {
	const credential = credentials.get(context) ?? context.getCredentials('telnyxFaxApi');
	credentials.set(context, credential);
	await credential.catch((error: unknown) => {
		credentials.delete(context);
		throw error;
	});
}

/** What is needed before a request can be made; what fails here has certainly sent nothing. */
async function prepared(
	context: TelnyxContext,
	{ method, path, upload }: TelnyxRequest,
): Promise<{ upload?: Upload } | { error: unknown }> {
	try {
		await assertCredential(context);
		return { upload: await upload?.() };
	} catch (error) {
		if (error instanceof TelnyxError || refusalOfN8n(error)) return { error };
		return {
			error: new TelnyxError(`n8n could not prepare ${method} ${path}: ${messageOf(error)}`, {
				outcome: 'notSent',
				nextStep: 'Check the log of n8n for what it says about this, and try again',
			}),
		};
	}
}

function stoppedError(): TelnyxError {
	return new TelnyxError('This was not started any more, because the execution ended', {
		outcome: 'notSent',
		nextStep: 'Run the workflow again',
	});
}

function connectionError({ code, syscall }: ConnectionFailure, what: string): TelnyxError {
	if (unmakeable.test(code)) {
		return new TelnyxError(`The request could not be made for ${what}`, {
			outcome: 'notSent',
			nextStep:
				'Check the API key in the credential, or the link where it is a download: it has a character that cannot be sent',
			body: code,
		});
	}
	const outcome = neverSent.test(code) || syscall === 'connect' ? 'notSent' : 'unknown';
	return new TelnyxError(
		outcome === 'notSent'
			? `There was no connection to Telnyx for ${what}`
			: `The connection broke or timed out before Telnyx answered ${what}`,
		{
			outcome,
			nextStep: 'Check that n8n can reach Telnyx (firewall, proxy, DNS), and try again',
			body: code,
		},
	);
}

/** For errors that tell nothing of the connection: the request may have been sent all the same. */
function unclearError(error: unknown, what: string): TelnyxError {
	return new TelnyxError(`n8n could not complete ${what}: ${messageOf(error)}`, {
		outcome: 'unknown',
		nextStep: 'Check the log of n8n for what it says about this request',
	});
}

function isFullResponse(value: unknown): value is IN8nHttpFullResponse {
	return isObject(value) && typeof value.statusCode === 'number' && isObject(value.headers);
}

function isStream(value: unknown): value is Stream {
	return typeof value === 'object' && value !== null && 'pipe' in value && 'destroy' in value;
}

/** The answer that one of n8n's request functions gives, with failures as values. */
async function answered(
	request: Promise<unknown>,
	what: string,
): Promise<IN8nHttpFullResponse | { error: unknown }> {
	return await request.then(
		(answer) =>
			isFullResponse(answer)
				? answer
				: { error: unclearError('there was an answer without a status', what) },
		(error: unknown) => {
			const failure = connectionFailure(error);
			if (failure) return { error: connectionError(failure, what) };
			return { error: refusalOfN8n(error) ?? unclearError(error, what) };
		},
	);
}

/**
 * Tries until there is a result, within the rate limit. A 429 is waited out, a fault (no answer,
 * 5xx) is tried again only where that is safe. Stops when the execution is stopped.
 */
async function persist<T extends { headers: IDataObject }>(
	context: TelnyxContext,
	request: TelnyxRequest,
	tryOnce: (mayBeDone: boolean) => Promise<Try<T>>,
): Promise<T> {
	const { method, path, repeatable = method !== 'POST' } = request;
	const ends = [request.signal ?? cancelSignal(context), request.unless];
	const signal = AbortSignal.any(ends.filter((end) => end !== undefined));
	const pace = paceOf(context, method, path);
	let mayBeDone = false;
	// What a later try says of itself must not hide that an earlier one may have worked.
	const overall = (error: unknown) =>
		mayBeDone && error instanceof TelnyxError && error.outcome === 'notSent'
			? error.as('unknown')
			: error;
	for (let tries = 1; ; tries++) {
		await pace.enter(signal);
		if (signal.aborted) throw overall(stoppedError());
		const sentAt = Date.now();
		const outcome = await tryOnce(mayBeDone);
		pace.leave(sentAt, outcome.headers);
		if (!('error' in outcome)) return outcome;
		const { error, status, headers } = outcome;
		mayBeDone ||= error instanceof TelnyxError && error.outcome === 'unknown';
		const pauseMs =
			error instanceof TelnyxError && !signal.aborted
				? retryPauseMs({ repeatable, tries, status, headers }, Date.now(), Math.random())
				: undefined;
		if (pauseMs === undefined) throw overall(error);
		await pause(pauseMs, signal);
	}
}

/**
 * One request to Telnyx with the API key of the credential.
 *
 * @throws TelnyxError with what is known about the outcome; n8n's own error where the request
 * could not even be made (no credential, for example)
 */
export async function telnyxRequest(
	context: TelnyxContext,
	request: TelnyxRequest,
): Promise<TelnyxAnswer> {
	const { method, path, doneStatus = method === 'DELETE' ? 404 : undefined } = request;
	return await persist<TelnyxAnswer>(context, request, async (mayBeDone) => {
		const preparation = await prepared(context, request);
		if ('error' in preparation) return preparation;
		const { upload } = preparation;
		const options: IHttpRequestOptions = {
			method,
			url: `${apiUrl}${path}`,
			qs: request.query,
			headers: upload?.headers,
			body: upload ? upload.body : request.json,
			json: true,
			timeout: upload ? transferTimeoutMs : answerTimeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirect would take the key to another host; it also makes axios keep uploads in memory.
			disableFollowRedirect: true,
			abortSignal: request.signal,
		};
		const answer = await answered(
			context.helpers.httpRequestWithAuthentication.call(context, 'telnyxFaxApi', options),
			`${method} ${path}`,
		);
		if ('error' in answer) return answer;
		const { statusCode: status, headers, body } = answer;
		const succeeded = status >= 200 && status < 300;
		if (succeeded && isObject(body)) return { headers, body };
		const done = mayBeDone && status === doneStatus;
		if (done || (succeeded && method === 'DELETE')) return { headers, body: {} };
		const refused = status >= 400 && status < 500 && status !== 408;
		return {
			error: answerError(`${method} ${path}`, status, body, refused ? 'refused' : 'unknown'),
			// A success whose body cannot be read is a fault: what it would have said is not known.
			status: succeeded ? undefined : status,
			headers,
		};
	});
}

/**
 * Opens a file for reading: one of Telnyx's with the API key (`path`), or a link that carries its
 * own permission and must not get the key (`url`).
 *
 * @throws TelnyxError with the status, 403 for a link that has expired
 */
export async function openFile(
	context: TelnyxContext,
	source: { path: string } | { url: string },
	signal = cancelSignal(context),
): Promise<OpenFile> {
	const isOurs = 'path' in source;
	const path = isOurs ? source.path : '/link';
	const what = isOurs ? `GET ${path}` : 'the download of the document';
	return await persist<OpenFile>(context, { method: 'GET', path, signal }, async () => {
		const options: IHttpRequestOptions = {
			method: 'GET',
			url: isOurs ? `${apiUrl}${path}` : source.url,
			encoding: 'stream',
			timeout: transferTimeoutMs,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: signal,
		};
		const request: Promise<unknown> = isOurs
			? context.helpers.httpRequestWithAuthentication.call(context, 'telnyxFaxApi', options)
			: context.helpers.httpRequest(options);
		const answer = await answered(request, what);
		if ('error' in answer) return answer;
		const { statusCode: status, headers, body } = answer;
		const stream: unknown = body;
		if (!isStream(stream)) return { error: new Error(`There was no file in ${what}`) };
		if (status >= 200 && status < 300) return { headers, stream };
		stream.destroy();
		return { error: answerError(what, status, '', 'refused'), status, headers };
	});
}
