import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

/** Random choices, the same for the same seed. */
export interface Random {
	/** A whole number from `min` to `max`, both included. */
	between(min: number, max: number): number;
	/** True with a probability from 0 to 1. */
	happens(probability: number): boolean;
	pick<T>(values: readonly T[]): T;
}

/** Makes a source of random choices. */
export function createRandom(seed: number): Random {
	const source = xoroshiro128plus(seed);
	const between = (min: number, max: number) => unsafeUniformIntDistribution(min, max, source);
	return {
		between,
		happens: (probability) => between(0, 999_999) < probability * 1_000_000,
		pick: (values) => values[between(0, values.length - 1)],
	};
}
