/** Longest pause that a request waits for Telnyx's sake, in ms; beyond it the request fails at once. */
const longestPauseMs = 120_000;

const tries = { rateLimited: 8, faulty: 4 };

export interface Attempt {
	/** True where doing it twice does the same as once; else only a 429 is repeated. */
	repeatable: boolean;
	/** How many tries there were, this one included. */
	tries: number;
	/** HTTP status; undefined where no answer came. */
	status?: number;
	/** Headers of the answer, names in lower case. */
	headers?: Record<string, unknown>;
}

function seconds(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}

/**
 * How long Telnyx asks to wait, in ms: `Retry-After` (seconds or a date), else `x-ratelimit-reset`,
 * which is in seconds from now (Telnyx docs, rate limiting). Undefined where it says nothing.
 */
export function askedPauseMs(headers: Record<string, unknown>, now: number): number | undefined {
	const retryAfter = headers['retry-after'];
	const inSeconds = seconds(retryAfter) ?? undefined;
	if (inSeconds !== undefined) return inSeconds * 1000;
	const date = typeof retryAfter === 'string' ? Date.parse(retryAfter) : NaN;
	if (!Number.isNaN(date)) return Math.max(0, date - now);
	const reset = seconds(headers['x-ratelimit-reset']);
	return reset === undefined ? undefined : reset * 1000;
}

/**
 * The pause before the next try of a request, in ms; undefined where it must not be tried again.
 * A 429 was refused before anything happened, so any request may be repeated after it.
 */
export function retryPauseMs(attempt: Attempt, now: number, random: number): number | undefined {
	const { status, repeatable } = attempt;
	const rateLimited = status === 429;
	const faulty = status === undefined || status >= 500 || status === 408;
	if (!rateLimited && !(faulty && repeatable)) return undefined;
	if (attempt.tries >= (rateLimited ? tries.rateLimited : tries.faulty)) return undefined;
	const backoff = 500 * 2 ** (attempt.tries - 1) * (0.75 + random / 2);
	const asked =
		rateLimited || status === 503 ? askedPauseMs(attempt.headers ?? {}, now) : undefined;
	// Jitter on top of what Telnyx asks, so that parallel requests do not come back all at once.
	const pause = asked === undefined ? backoff : asked + 100 + 400 * random;
	return pause > longestPauseMs ? undefined : pause;
}
