import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { ApplicationError, BaseError, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { isObject, objectsAt, stringAt } from './json';

/**
 * What is known about a request that got no success:
 * `refused`: Telnyx answered no. `notSent`: it never reached Telnyx. `unknown`: it may have worked.
 */
export type Outcome = 'refused' | 'notSent' | 'unknown';

/** One entry of Telnyx's `errors` array. */
export interface TelnyxProblem {
	code?: string;
	title?: string;
	detail?: string;
	/** JSON pointer into the body, or the name of a query parameter. */
	pointer?: string;
}

/** A Telnyx request that got no success; the router turns it into n8n's error. */
export class TelnyxError extends Error {
	readonly outcome: Outcome;

	/** HTTP status, where there was an answer. */
	readonly status?: number;

	/** What to do about it. */
	readonly nextStep: string;

	readonly problems: TelnyxProblem[];

	/** The body of the answer as it came. */
	readonly body: unknown;

	constructor(
		message: string,
		details: {
			outcome: Outcome;
			nextStep: string;
			status?: number;
			problems?: TelnyxProblem[];
			body?: unknown;
		},
	) {
		super(message);
		this.outcome = details.outcome;
		this.status = details.status;
		this.nextStep = details.nextStep;
		this.problems = details.problems ?? [];
		this.body = details.body;
	}

	/** The same error, where what it means for the whole is known better. */
	as(outcome: Outcome): TelnyxError {
		return new TelnyxError(this.message, { ...this, outcome });
	}
}

/** Input that cannot work, found before any request. `nextStep` says how to mend it. */
export class InputError extends Error {
	readonly nextStep: string;

	/** The fax numbers that message and next step quote, as they quote them. */
	readonly numbers: string[];

	constructor(message: string, nextStep: string, numbers: string[] = []) {
		super(message);
		this.nextStep = nextStep;
		this.numbers = numbers;
	}
}

/** The entries of Telnyx's error envelope; none where the body is something else (HTML, text). */
export function telnyxProblems(body: unknown): TelnyxProblem[] {
	return objectsAt(body, 'errors').map((error) => ({
		code: stringAt(error, 'code'),
		title: stringAt(error, 'title'),
		detail: stringAt(error, 'detail'),
		pointer: stringAt(error.source, 'pointer') ?? stringAt(error.source, 'parameter'),
	}));
}

// Meanings of Telnyx's codes: developers.telnyx.com/data/api-errors.json and support article 6505121.
const nextStepByCode = new Map<string, string>([
	['10002', 'Check the number'],
	['10009', 'Check the API key in the credential'],
	['10016', 'Write the number with a plus sign and the country code, e.g. +13125550001'],
	['10021', 'First assign its phone numbers to another application'],
	['20002', 'This API key was revoked: create a new one in the Telnyx portal'],
	[
		'20012',
		'The Telnyx account is inactive, often for lack of funds: check billing in the Telnyx portal',
	],
	['20013', 'The Telnyx account is blocked: contact Telnyx support'],
	['20014', 'Verify the Telnyx account in the portal'],
	['20015', 'Ask Telnyx to enable this feature for the account'],
	['20016', 'Complete level 1 verification of the Telnyx account'],
	['20017', 'Complete level 2 verification of the Telnyx account'],
	['20100', 'Add funds to the Telnyx account'],
]);

function nextStepByStatus(status: number): string {
	if (status === 401) return 'Check the API key in the credential';
	if (status === 403) {
		return 'The API key is valid, but not allowed to do this: check its permissions and the account in the Telnyx portal';
	}
	if (status === 404) {
		return 'Check the ID: it may be mistyped, deleted, or belong to another Telnyx account';
	}
	if (status === 413) return 'Make the document smaller';
	if (status === 429) return 'Wait a minute, or lower Max Parallel Requests';
	if (status >= 500) return 'Telnyx has a problem: try again later, and check status.telnyx.com';
	if (status >= 300 && status < 400) {
		return 'Something between n8n and Telnyx redirects the request: check the proxy settings of n8n';
	}
	return 'Correct the value that Telnyx names, and try again';
}

function describe({ code, title, detail, pointer }: TelnyxProblem): string {
	const words = [...new Set([title, detail].filter((text) => text !== undefined))].join(': ');
	const place = [code && `code ${code}`, pointer && `at ${pointer}`].filter(Boolean).join(', ');
	return [words || 'Telnyx gave no explanation', place && `(${place})`].filter(Boolean).join(' ');
}

/**
 * The error for an answer of Telnyx that is no success. Both of Telnyx's error dialects (HTTP status
 * as code, five-digit codes), several errors at once, and bodies of gateways that are not JSON.
 */
export function answerError(
	what: string,
	status: number,
	body: unknown,
	outcome: Outcome,
): TelnyxError {
	const problems = telnyxProblems(body);
	const words =
		problems.length > 0
			? problems.map(describe).join('; ')
			: `Telnyx answered ${what} with status ${status} and no explanation`;
	const [known] = problems.flatMap(({ code = '' }) => nextStepByCode.get(code) ?? []);
	return new TelnyxError(words, {
		outcome,
		status,
		problems,
		body,
		nextStep: known ?? nextStepByStatus(status),
	});
}

/** What was thrown, in words. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/** An error that may carry more than its message: for n8n's own and Node's errors. */
function property(error: unknown, key: string): string | undefined {
	return error instanceof Error ? stringAt({ ...error }, key) : undefined;
}

/** `error` and what caused it, outermost first; not far, because causes can go round in a circle. */
function* causesOf(error: unknown): Generator<Error> {
	for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
		yield cause;
		cause = cause.cause;
	}
}

/**
 * n8n's own error about what it would not even send (a credential that is gone, a host that it
 * blocks), in whatever n8n wraps around it; undefined where the error is another one.
 */
export function refusalOfN8n(error: unknown): Error | undefined {
	for (const cause of causesOf(error)) {
		const isOwn = cause instanceof BaseError || cause instanceof ApplicationError;
		if (isOwn && !(cause instanceof NodeApiError)) return cause;
	}
	return undefined;
}

/** A connection that failed: Node's code (ECONNRESET, ...), and the system call where there is one. */
export interface ConnectionFailure {
	code: string;
	syscall?: string;
}

/** How a connection failed, from n8n's wrapping of it; undefined where the error is another one. */
export function connectionFailure(error: unknown): ConnectionFailure | undefined {
	for (const cause of causesOf(error)) {
		const code = property(cause, 'code');
		if (code !== undefined) {
			const root = cause.cause ?? cause;
			return { code, syscall: property(cause, 'syscall') ?? property(root, 'syscall') };
		}
	}
	// n8n 1 drops the cause, and keeps the code where a status should be.
	const status = property(error, 'httpCode');
	return status !== undefined && /^[A-Z]/.test(status) ? { code: status } : undefined;
}

/**
 * n8n marks an execution whose error message says "canceled" as stopped by the user, so that word
 * must not reach it from Telnyx's texts.
 */
function safe(text: string): string {
	return text.replace(/cancel(ed|ing)/gi, 'cancell$1');
}

/**
 * The error that n8n shows: what happened as message, what to do as description, Telnyx's answer in
 * `context.data`.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof TelnyxError) {
		const fresh = new NodeApiError(node, bodyOf(error), {
			message: safe(error.message),
			description: safe(error.nextStep),
			httpCode: error.status?.toString(),
			itemIndex,
		});
		fresh.context.data = bodyOf(error);
		fresh.context.outcome = error.outcome;
		fresh.context.code = error.problems.find(({ code }) => code !== undefined)?.code;
		return fresh;
	}
	if (error instanceof InputError) {
		return new NodeOperationError(node, safe(error.message), {
			description: safe(error.nextStep),
			itemIndex,
		});
	}
	if (error instanceof NodeOperationError || error instanceof NodeApiError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		error.message = safe(error.message);
		return error;
	}
	const thrown = error instanceof Error ? error : new Error(String(error));
	const fresh = new NodeOperationError(node, thrown, { message: safe(thrown.message), itemIndex });
	// n8n's own come before any request: expressions, a credential that is missing.
	if (!refusalOfN8n(thrown)) fresh.context.outcome = 'unknown';
	return fresh;
}

function bodyOf(error: TelnyxError): JsonObject {
	const body: IDataObject = isObject(error.body) ? error.body : { answer: excerpt(error.body) };
	return JSON.parse(JSON.stringify(body));
}

function excerpt(body: unknown): string {
	return typeof body === 'string' ? body.slice(0, 500) : '';
}
