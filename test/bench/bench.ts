/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n: a command-line program */
import { writeFile } from 'node:fs/promises';

import { SetupError } from '../n8n/setupError';
import { benchArguments } from './arguments';
import { circumstances, report } from './report';
import type { Result } from './report';
import { notMeasured } from './row';
import { forgedEvents, verifiedEvents } from './rows/events';
import { load } from './rows/load';
import { memory } from './rows/memory';
import { readMany } from './rows/readMany';
import { sendLimited, sendUnlimited } from './rows/sendMany';
import { verifyDelivery } from './rows/verify';
import { createBench } from './testBed';

const all = [
	sendUnlimited,
	sendLimited,
	readMany,
	verifiedEvents,
	forgedEvents,
	verifyDelivery,
	memory,
	load,
];

async function run(): Promise<void> {
	const { rows: numbers, runs, json } = benchArguments(process.argv.slice(2));
	const rows = all.filter(({ number }) => numbers?.includes(number) ?? true);
	if (rows.length === 0) throw new SetupError(`The bench has the rows 1 to ${all.length}.`);
	const bench = createBench((line) => console.error(line));
	try {
		const results: Result[] = [];
		for (const { measure, ...row } of rows) {
			console.error(`Row ${row.number}: ${row.work}`);
			const finding = await measure(bench, runs).catch((error: unknown) => {
				// One row that breaks off must not cost the others.
				console.error(error);
				process.exitCode = 1;
				return notMeasured(error);
			});
			results.push({ ...row, ...finding });
		}
		const around = circumstances(runs);
		console.log(report(results, around));
		if (json) await writeFile(json, `${JSON.stringify({ ...around, results }, null, '\t')}\n`);
	} finally {
		await bench.close();
	}
}

run().catch((error: unknown) => {
	console.error(error instanceof SetupError ? error.message : error);
	process.exitCode = 1;
});
