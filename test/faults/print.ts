/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n: prints figures without jest's decoration */
import { markdownTable } from 'markdown-table';

type Row = Record<string, string | number>;

/** Prints rows with the same keys as one table. */
export function printTable(title: string, rows: Row[]): void {
	const [first] = rows;
	if (!first) return;
	const columns = Object.keys(first);
	const cells = rows.map((row) => columns.map((column) => String(row[column])));
	process.stdout.write(`\n${title}\n\n${markdownTable([columns, ...cells])}\n\n`);
}
