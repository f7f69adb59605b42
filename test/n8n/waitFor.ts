import { sleep } from 'n8n-workflow';

/** How long to wait and how often to look. */
export interface WaitOptions {
	/** Milliseconds; 60,000 unless told. */
	timeoutMs?: number;
	/** Milliseconds; 100 unless told. */
	intervalMs?: number;
}

/**
 * Calls `look` until it returns something other than undefined, and returns that.
 *
 * @throws {Error} naming `what` when the time is up; what `look` throws goes straight through.
 */
export async function waitFor<T>(
	what: string,
	look: () => Promise<T | undefined> | T | undefined,
	{ timeoutMs = 60_000, intervalMs = 100 }: WaitOptions = {},
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
		await sleep(intervalMs);
	}
}
