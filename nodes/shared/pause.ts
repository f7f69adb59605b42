import { sleep } from 'n8n-workflow';

const sliceMs = 200;

/** Waits `ms`, or until `signal` aborts: the caller looks at the signal afterwards. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0 && !signal?.aborted; left = end - Date.now()) {
		await sleep(Math.min(left, sliceMs));
	}
}
