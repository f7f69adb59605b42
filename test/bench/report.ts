/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: describes the machine */
import { cpus, totalmem } from 'node:os';

import { markdownTable } from 'markdown-table';

import type { Finding, Row } from './row';

/** A row with what it has found. */
export type Result = Omit<Row, 'measure'> & Finding;

/** What the results were measured on, for the table and the file. */
export interface Circumstances {
	/** ISO 8601. */
	date: string;
	machine: string;
	/** How often each side was measured. */
	runs: number;
}

/** The machine and the moment. */
export function circumstances(runs: number): Circumstances {
	const [cpu] = cpus();
	const memory = Math.round(totalmem() / 1024 ** 3);
	return {
		date: new Date().toISOString(),
		machine: `${cpus().length} cores of ${cpu?.model.trim() || process.arch}, ${memory} GB, ${process.platform}`,
		runs,
	};
}

/** The results as a Markdown table, with the notes and the circumstances below. */
export function report(results: Result[], { date, machine, runs }: Circumstances): string {
	const heading = ['#', 'work', 'peer', 'ours', "peer's", 'ratio', 'goal', 'verdict'];
	const rows = results.map((result) => [
		String(result.number),
		result.work,
		result.peer,
		result.ours,
		result.peerFigure,
		result.ratio?.toFixed(2) ?? '–',
		result.goal,
		result.verdict,
	]);
	const notes = results.flatMap(({ number, notes: all }) =>
		all.map((note) => `- Row ${number}: ${note}`),
	);
	return [
		markdownTable([heading, ...rows]),
		...(notes.length > 0 ? ['', ...notes] : []),
		'',
		`Medians of ${runs} runs or more on ${machine}, ${date.slice(0, 10)}.`,
	].join('\n');
}
