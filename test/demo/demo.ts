/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n: a command-line program */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SetupError } from '../n8n/setupError';
import { startTestBed } from '../n8n/testBed';
import { demoArguments } from './arguments';
import { sendExampleFax } from './exampleFax';
import { requireFreePort } from './port';
import { receiveExampleFax } from './receivedFax';

async function demo(): Promise<void> {
	const { exit, port } = demoArguments(process.argv.slice(2));
	// Before the minutes that the rest may take.
	await requireFreePort(port);
	// Slow enough to follow on the stand-in's page, fast enough not to wait for.
	const stepMs = exit ? 500 : 2000;
	const folder = await mkdtemp(join(tmpdir(), 'telnyx-fax-documents-'));
	const testBed = await startTestBed({
		standIn: { stepMs },
		n8n: { port, env: { N8N_RESTRICT_FILE_ACCESS_TO: folder } },
		onProgress: (line) => console.log(line),
	});
	try {
		const { n8n, standIn } = testBed;
		console.log('Running examples/send-a-fax.json in n8n');
		const fax = await sendExampleFax(testBed, (line) => console.log(`  ${line}`));
		console.log('Publishing examples/receive-a-fax.json, and faxing to its number from outside');
		const received = await receiveExampleFax(testBed, folder, (line) => console.log(`  ${line}`));

		if (exit) {
			console.log(JSON.stringify({ fax, received, n8n: n8n.version }));
			if (fax.status !== 'delivered') process.exitCode = 1;
			return;
		}
		console.log(`
n8n:        ${n8n.url}  (e-mail ${n8n.owner.email}, password ${n8n.owner.password})
The faxes:  ${standIn.pageUrl}
Ctrl-C ends both.`);
		await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
		console.log('Ending n8n and the stand-in');
	} finally {
		await testBed.close();
		await rm(folder, { recursive: true, force: true });
	}
}

demo().catch((error: unknown) => {
	console.error(error instanceof SetupError ? error.message : error);
	process.exitCode = 1;
});
