/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: reads what Linux tells about processes */
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second, whatever its clock. */
const msPerTick = 10;

interface Usage {
	parent: number;
	ms: number;
}

async function usageOf(pid: number): Promise<Usage> {
	// A process may have ended meanwhile.
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
	const fields = stat
		.slice(stat.lastIndexOf(')') + 2)
		.split(' ')
		.map(Number);
	const [, parent = 0] = fields;
	const [user = 0, system = 0] = fields.slice(11);
	return { parent, ms: (user + system) * msPerTick };
}

/** The processor time in ms that processes have used so far, their children included. */
export async function cpuMs(pids: Array<number | undefined>): Promise<number> {
	const ids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
	const usages = await Promise.all(ids.map(async (id) => await usageOf(id)));
	return usages.reduce((sum, { parent, ms }, index) => {
		return pids.includes(ids[index]) || pids.includes(parent) ? sum + ms : sum;
	}, 0);
}
