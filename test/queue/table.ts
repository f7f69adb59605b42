/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: prints to the terminal */
import { Console } from 'node:console';

/** Prints rows as a table, past jest's own way of printing. */
export function printTable(title: string, rows: Array<Record<string, string | number>>): void {
	const output = new Console(process.stdout);
	output.log(`\n${title}`);
	output.table(rows);
}
