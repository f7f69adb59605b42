/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: reads what the system tells about processes */
import { readdir, readFile } from 'node:fs/promises';

import { sleep } from 'n8n-workflow';

async function parents(): Promise<Map<number, number>> {
	const ids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
	const pairs = await Promise.all(
		ids.map(async (pid): Promise<[number, number]> => {
			// A process may have ended meanwhile.
			const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
			return [pid, Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2])];
		}),
	);
	return new Map(pairs);
}

async function treeOf(root: number): Promise<number[]> {
	const parentOf = await parents();
	const tree = [root];
	for (const pid of tree) {
		for (const [child, parent] of parentOf) if (parent === pid) tree.push(child);
	}
	return tree;
}

async function residentBytes(pids: number[]): Promise<number> {
	const sizes = await Promise.all(
		pids.map(async (pid) => {
			const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
			return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
		}),
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}

/** The memory of a process and its children at one moment. */
export interface MemorySample {
	/** Milliseconds since the epoch. */
	at: number;
	/** Resident bytes. */
	bytes: number;
}

/** Watches the memory of a process and its children, about every 10 ms, until `work` is done. */
export async function watchMemory<T>(
	pid: number,
	work: () => Promise<T>,
): Promise<{ result: T; samples: MemorySample[] }> {
	const pids = await treeOf(pid);
	const samples: MemorySample[] = [];
	let done = false;
	const watching = (async () => {
		while (!done) {
			samples.push({ at: Date.now(), bytes: await residentBytes(pids) });
			await sleep(10);
		}
	})();
	try {
		return { result: await work(), samples };
	} finally {
		done = true;
		await watching;
	}
}
