/** The middle of the values; of an even number, the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const around = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
	return around.reduce((sum, value) => sum + value, 0) / around.length;
}

/**
 * Measures two sides in turns, the one that begins changing from run to run, so that neither has
 * the warmer machine. Both are done once before that without being measured.
 */
export async function alternate<T, U>(
	runs: number,
	ours: () => Promise<T>,
	peer: () => Promise<U>,
): Promise<{ ours: T[]; peer: U[] }> {
	const results: { ours: T[]; peer: U[] } = { ours: [], peer: [] };
	await ours();
	await peer();
	for (let run = 0; run < runs; run++) {
		if (run % 2 === 0) results.ours.push(await ours());
		results.peer.push(await peer());
		if (run % 2 === 1) results.ours.push(await ours());
	}
	return results;
}

/** Milliseconds as seconds. */
export function asSeconds(ms: number): string {
	return `${(ms / 1000).toFixed(2)} s`;
}
