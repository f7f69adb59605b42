/** The middle of the values; of an even number, the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const around = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
	return around.reduce((sum, value) => sum + value, 0) / around.length;
}

/**
 * Measures several sides in turns, each run beginning with another one, so that none always has the
 * warmer machine. All are done once before that without being measured.
 */
export async function alternate<K extends string, T>(
	runs: number,
	sides: Record<K, () => Promise<T>>,
): Promise<Record<K, T[]>> {
	const names = Object.keys(sides).filter((name): name is K => name in sides);
	const results: Partial<Record<K, T[]>> = {};
	for (const name of names) await sides[name]();
	for (let run = 0; run < runs; run++) {
		const first = run % names.length;
		for (const name of [...names.slice(first), ...names.slice(0, first)]) {
			results[name] = [...(results[name] ?? []), await sides[name]()];
		}
	}
	const complete = (all: Partial<Record<K, T[]>>): all is Record<K, T[]> =>
		names.every((name) => name in all);
	if (!complete(results)) throw new Error('Nothing was measured');
	return results;
}

/** Milliseconds as seconds. */
export function asSeconds(ms: number): string {
	return `${(ms / 1000).toFixed(2)} s`;
}
