import type { Settings } from './types';

const titles: Record<string, string> = {
	'10002': 'Invalid number',
	'10003': 'Invalid URL',
	'10004': 'Missing required parameter',
	'10005': 'Resource not found',
	'10006': 'Invalid ID',
	'10007': 'Unexpected error',
	'10009': 'Authentication failed',
	'10010': 'Authorization failed',
	'10011': 'Too many requests',
	'10012': 'Duplicate resource',
	'10015': 'Bad Request',
	'10016': 'Phone number must be in +E.164 format',
	'10017': 'Related resource missing',
	'10021': 'Resource in use',
	'10023': 'Invalid JSON',
};

/** One thing wrong with a request: Telnyx's five-digit code and where it is. */
export interface Issue {
	code: string;
	detail: string;
	/** JSON pointer into the body. */
	pointer?: string;
	/** Name of a query parameter. */
	parameter?: string;
}

/** A refusal; the dialect of its body is chosen when it is answered. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly issues: Issue[],
		readonly headers: Record<string, string> = {},
	) {
		super(issues.map((issue) => issue.detail).join('; '));
	}
}

export function notFound(): ApiError {
	return new ApiError(404, [{ code: '10005', detail: 'The requested resource does not exist' }]);
}

export function unprocessable(...issues: Issue[]): ApiError {
	return new ApiError(422, issues);
}

export function badRequest(at: Pick<Issue, 'pointer' | 'parameter'>): ApiError {
	return new ApiError(400, [
		{ code: '10015', detail: 'The request failed because it was not well-formed.', ...at },
	]);
}

export function unauthorized(): ApiError {
	return new ApiError(401, [
		{ code: '10009', detail: 'Could not understand the provided credentials.' },
	]);
}

export function forbidden(): ApiError {
	return new ApiError(403, [{ code: '10010', detail: 'Forbidden' }]);
}

export function tooManyRequests(headers: Record<string, string> = {}): ApiError {
	const detail = 'You have exceeded the maximum number of allowed requests.';
	return new ApiError(429, [{ code: '10011', detail }], headers);
}

/** 500, 502 or 503 as JSON. */
export function serverError(status: number): ApiError {
	return new ApiError(status, [{ code: '10007', detail: 'An unexpected error occurred.' }]);
}

const statusTitles: Record<number, string> = {
	403: 'Forbidden',
	404: 'Not Found',
	422: 'Unprocessable Entity',
};

function source(issue: Issue): { source?: Record<string, string> } {
	if (issue.pointer !== undefined) return { source: { pointer: issue.pointer } };
	if (issue.parameter !== undefined) return { source: { parameter: issue.parameter } };
	return {};
}

/**
 * The body of a refusal. Fax endpoints use the HTTP status as code for 403, 404 and 422; all
 * else, and everything in the `codes` dialect, the five-digit codes.
 */
export function errorBody(error: ApiError, dialect: Settings['errorDialect']): unknown {
	const title = dialect === 'status' ? statusTitles[error.status] : undefined;
	return {
		errors: error.issues.map((issue) => {
			if (title !== undefined && issue.code !== '10021') {
				return { code: String(error.status), title, detail: issue.detail, ...source(issue) };
			}
			return {
				code: issue.code,
				title: titles[issue.code] ?? 'Error',
				detail: issue.detail,
				...(issue.code === '10011'
					? {}
					: { meta: { url: `https://developers.telnyx.com/docs/overview/errors/${issue.code}` } }),
				...source(issue),
			};
		}),
	};
}
