import type { Bench } from './testBed';

/** What one row of the bench has found. */
export interface Finding {
	/** What this package and its peer took, as shown in the table. */
	ours: string;
	peerFigure: string;
	/** Ours in terms of the peer's; absent where there is no peer. */
	ratio?: number;
	/** Whether the goal is met. */
	met: boolean;
	/** What else is worth knowing, such as why a goal is out of reach. */
	notes: string[];
	/** The single measurements. */
	samples: Record<string, number[]>;
}

/** One row of the bench: a piece of work, done by this package and by what a user would pick instead. */
export interface Row {
	number: number;
	work: string;
	peer: string;
	goal: string;
	/** Measures each side `runs` times, in changing order. */
	measure(bench: Bench, runs: number): Promise<Finding>;
}
