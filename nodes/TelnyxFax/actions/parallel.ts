/** Enough to keep Telnyx busy, few enough for one n8n. */
export const mostParallel = 64;

/**
 * Runs `work` for 0 to `count - 1`, at most `width` at a time, starting in order. Nothing new is
 * started once `work` has returned false; what is running is awaited.
 */
export async function inParallel(
	count: number,
	width: number,
	work: (index: number) => Promise<boolean>,
): Promise<void> {
	let next = 0;
	let goOn = true;
	const worker = async () => {
		while (goOn && next < count) {
			const index = next++;
			if (!(await work(index))) goOn = false;
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
