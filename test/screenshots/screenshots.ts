/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n: a command-line program */
import { resolve } from 'node:path';

import { chromium } from 'playwright-core';

import { sendingExample } from '../n8n/exampleWorkflow';
import { SetupError } from '../n8n/setupError';
import { startTestBed } from '../n8n/testBed';
import { chromiumPath } from './chromium';
import { Editor } from './editor';

const folder = resolve(__dirname, '..', '..', '.github', 'images');

async function takeScreenshots(): Promise<void> {
	const onProgress = (line: string) => console.log(line);
	const executablePath = await chromiumPath(onProgress);
	const testBed = await startTestBed({ onProgress });
	// Chromium's sandbox refuses to run as root, which is who runs in a container.
	const browser = await chromium.launch({
		executablePath,
		chromiumSandbox: process.getuid?.() !== 0,
	});
	try {
		const editor = await Editor.open(browser, testBed.n8n);
		const workflow = await sendingExample(testBed.standIn);
		await editor.openWorkflow(await testBed.n8n.client.createWorkflow(workflow));
		await editor.runWorkflow();
		await editor.screenshot(resolve(folder, 'example-workflow.png'));
		await editor.openNode('Send fax');
		await editor.screenshot(resolve(folder, 'send-fax.png'));
		console.log(`Saved in ${folder}`);
	} finally {
		await browser.close();
		await testBed.close();
	}
}

takeScreenshots().catch((error: unknown) => {
	console.error(error instanceof SetupError ? error.message : error);
	process.exitCode = 1;
});
