/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n: a command-line program */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';

import { chromium } from 'playwright-core';

import { exampleNames, readExample } from '../e2e/exampleFiles';
import { SetupError } from '../n8n/setupError';
import { startTestBed } from '../n8n/testBed';
import type { TestBed } from '../n8n/testBed';
import { chromiumPath } from './chromium';
import { Editor } from './editor';
import { panels } from './panels';
import { firstChoices, withChoices, workflowOf } from './workflows';

const folder = resolve(__dirname, '..', '..', '.github', 'images');

const image = (name: string) => resolve(folder, `${name}.png`);

/** Credentials of the other services in the examples; nothing is sent to them. */
async function addOtherCredentials({ n8n: { client } }: TestBed): Promise<void> {
	await client.createCredential('Slack account', 'slackApi', { accessToken: 'none' });
	await client.createCredential('OpenAI account', 'openAiApi', { apiKey: 'none' });
	await client.createCredential('Google Drive account', 'googleDriveOAuth2Api', {
		clientId: 'none',
		clientSecret: 'none',
	});
}

/** The canvas of each example, and of the first one after it has run. */
async function takeCanvases(editor: Editor, { n8n, standIn }: TestBed): Promise<void> {
	for (const name of exampleNames) {
		const workflow = withChoices(await readExample(name), firstChoices(standIn));
		await editor.openWorkflow(await n8n.client.createWorkflow(workflow));
		await editor.canvasScreenshot(image(`examples/${name}`));
		if (name !== 'send-a-fax') continue;
		await editor.runWorkflow();
		await editor.openNode('Send fax');
		await editor.screenshot(image('send-fax'));
	}
}

/** The panel of each operation and of the trigger, the credential, and an error. */
async function takePanels(editor: Editor, { n8n, standIn }: TestBed): Promise<void> {
	const choices = firstChoices(standIn);
	const parameters = panels(choices);
	const workflow = workflowOf('telnyxFax', parameters);
	const stored = await n8n.client.createWorkflow(workflow);
	for (const { id, name } of workflow.nodes) {
		await editor.openPanel(stored, String(id));
		await editor.panelScreenshot(image(`panels/${name}`));
	}
	const trigger = workflowOf('telnyxFaxTrigger', {
		'Telnyx Fax Trigger': { ...choices, downloadDocument: true },
	});
	const storedTrigger = await n8n.client.createWorkflow(trigger);
	await editor.openPanel(storedTrigger, String(trigger.nodes[0]?.id));
	await editor.screenshot(image('trigger'));
	await editor.openCredential();
	await editor.screenshot(image('credential'));
	const failing = workflowOf('telnyxFax', {
		'Telnyx Fax': {
			...parameters['fax-send'],
			documentSource: 'url',
			mediaUrl: 'https://example.com/referral.pdf',
			to: '555-0123',
		},
	});
	const storedFailing = await n8n.client.createWorkflow(failing);
	await editor.openPanel(storedFailing, String(failing.nodes[0]?.id));
	await editor.failStep();
	await editor.screenshot(image('error'));
}

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
		await mkdir(resolve(folder, 'examples'), { recursive: true });
		await mkdir(resolve(folder, 'panels'), { recursive: true });
		const editor = await Editor.open(browser, testBed.n8n);
		await addOtherCredentials(testBed);
		await takeCanvases(editor, testBed);
		await takePanels(editor, testBed);
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
