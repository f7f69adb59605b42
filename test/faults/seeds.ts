declare const faultSeeds: number[];

/** The seeds to run with: that of the command line (`--seed 7`), or three of our own. */
export const seeds: readonly number[] = faultSeeds;
