import { z } from 'zod';
import { unprocessable, type Issue } from './errors';

export const E164 = /^\+[1-9]\d{6,14}$/;

/** Number in +E.164 form. */
export const phoneNumber = z.string().regex(E164, {
	message: 'Phone number must be in +E.164 format',
});

/** Absolute http(s) URL of at most 2000 characters. */
export const httpUrl = z
	.string()
	.max(2000)
	.refine((value) => URL.canParse(value) && /^https?:\/\//i.test(value), {
		message: 'The URL is not valid',
	});

const codeByMessage: Record<string, string> = {
	'Phone number must be in +E.164 format': '10016',
	'The URL is not valid': '10003',
};

function issueOf(issue: z.ZodIssue): Issue {
	const missing = issue.code === 'invalid_type' && issue.received === 'undefined';
	const name = issue.path.join('.');
	return {
		code: missing ? '10004' : (codeByMessage[issue.message] ?? '10015'),
		detail: missing ? `The required parameter ${name} is missing` : `${name}: ${issue.message}`,
		pointer: `/${issue.path.join('/')}`,
	};
}

/**
 * Checks a body against a schema; what the schema does not know is dropped.
 * @param more issues the schema can't see, reported together with its own
 * @throws ApiError 422 with every issue and its pointer
 */
export function check<T>(
	schema: z.ZodType<T, z.ZodTypeDef, unknown>,
	body: unknown,
	more: Issue[] = [],
): T {
	const result = schema.safeParse(body);
	const issues = [...(result.success ? [] : result.error.issues.map(issueOf)), ...more];
	if (!result.success || issues.length > 0) throw unprocessable(...issues);
	return result.data;
}

/** Fields sent as null count as not sent. */
export function withoutNulls(body: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}
