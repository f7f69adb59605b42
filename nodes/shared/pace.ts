import { pause } from './pause';

const pollMs = 20;

function firstInteger(value: unknown): number | undefined {
	// Telnyx sends `40, 40;w=60` as limit: the first number counts.
	const match = typeof value === 'string' ? /^\s*(\d+)/.exec(value) : null;
	return match ? Number(match[1]) : undefined;
}

/**
 * Keeps the requests to one endpoint within Telnyx's rate limit: they start at once while the quota
 * lasts, then wait until Telnyx fills it again. Telnyx counts each endpoint for itself.
 */
export class Pace {
	private limit = Infinity;

	private remaining = Infinity;

	private inFlight = 0;

	/** When the quota is full again, in ms of Date.now(); 0 where nothing is known. */
	private resetAt = 0;

	/** Waits for a place within the quota, or until `signal` aborts. */
	async enter(signal?: AbortSignal): Promise<void> {
		while (!signal?.aborted) {
			if (this.resetAt !== 0 && Date.now() >= this.resetAt) {
				this.resetAt = 0;
				this.remaining = Math.max(1, this.limit - this.inFlight);
			}
			if (this.remaining > 0) break;
			// Where no reset is known, a request on its way will tell, or give its place back.
			await pause(this.resetAt === 0 ? pollMs : this.resetAt - Date.now(), signal);
		}
		this.remaining--;
		this.inFlight++;
	}

	/** Takes in the headers of the answer to a request that was sent at `sentAt` (ms of Date.now()). */
	leave(sentAt: number, headers: Record<string, unknown> = {}): void {
		this.inFlight--;
		const remaining = firstInteger(headers['x-ratelimit-remaining']);
		const resetSecs = firstInteger(headers['x-ratelimit-reset']);
		if (remaining === undefined || resetSecs === undefined) {
			if (this.resetAt === 0) this.remaining++;
			return;
		}
		this.limit = firstInteger(headers['x-ratelimit-limit']) ?? this.limit;
		// Telnyx has not counted yet what is still on its way.
		this.remaining = Math.min(this.remaining, Math.max(0, remaining - this.inFlight));
		// Telnyx rounds the reset up to seconds, so the earliest of several estimates is the nearest.
		const resetAt = sentAt + resetSecs * 1000;
		this.resetAt = this.resetAt === 0 ? resetAt : Math.min(this.resetAt, resetAt);
	}
}
