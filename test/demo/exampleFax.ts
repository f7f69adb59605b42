import { sleep } from 'n8n-workflow';

import { sendingExample } from '../n8n/exampleWorkflow';
import type { TestBed } from '../n8n/testBed';
import type { Fax } from '../standin';

/**
 * Runs the example workflow, reports each status that the fax goes through, and returns the fax as the workflow's last Telnyx Fax node put it out.
 */
export async function sendExampleFax(
	{ n8n, standIn }: TestBed,
	onProgress: (line: string) => void,
): Promise<Record<string, unknown>> {
	let running = true;
	const run = n8n.client
		.runWorkflow(await sendingExample(standIn), { timeoutMs: 120_000 })
		.finally(() => (running = false));
	const [execution] = await Promise.all([
		run,
		reportLifeCycle(standIn.faxes, () => running, onProgress),
	]);
	if (execution.status !== 'success') {
		throw new Error(
			`The workflow ended with status ${execution.status}: ${execution.error?.message}`,
		);
	}
	const fax = execution.output('Get fax').at(-1);
	if (!fax) throw new Error('The workflow put out no fax');
	return fax.json;
}

async function reportLifeCycle(
	faxes: Map<string, Fax>,
	isRunning: () => boolean,
	onProgress: (line: string) => void,
): Promise<void> {
	let reported = 0;
	while (isRunning()) {
		await sleep(50);
		const [fax] = faxes.values();
		for (const status of fax?.history.slice(reported) ?? []) onProgress(status);
		reported = fax?.history.length ?? 0;
	}
}
