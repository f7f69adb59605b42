import type { Bench } from './testBed';

/** What one row of the bench has found. */
export interface Finding {
	/** What this package and its peer took, as shown in the table. */
	ours: string;
	peerFigure: string;
	/** Ours in terms of the peer's; absent where there is no peer. */
	ratio?: number;
	/** `out of reach` where it is shown that something else than this package stands in the way. */
	verdict: 'met' | 'missed' | 'out of reach' | 'not measured';
	/** What else is worth knowing, such as why a goal is out of reach. */
	notes: string[];
	/** The single measurements. */
	samples: Record<string, number[]>;
}

/** The verdict on a goal of which the best that anybody could reach is known too. */
export function verdictOn(isMet: boolean, isPossible = true): Finding['verdict'] {
	if (isMet) return 'met';
	return isPossible ? 'missed' : 'out of reach';
}

/** What there is to say of a row that broke off. */
export function notMeasured(error: unknown): Finding {
	const message = error instanceof Error ? error.message : String(error);
	return { ours: '–', peerFigure: '–', verdict: 'not measured', notes: [message], samples: {} };
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
