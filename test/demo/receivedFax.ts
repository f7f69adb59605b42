/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: looks at the file that the workflow has saved */
import { stat } from 'node:fs/promises';

import { receivingExample } from '../n8n/exampleWorkflow';
import type { TestBed } from '../n8n/testBed';
import { waitFor } from '../n8n/waitFor';

/**
 * Publishes the example workflow that receives faxes, sends a fax from outside to the account's
 * number, and returns what the workflow put out, with the size of the saved document in bytes.
 *
 * @param folder where n8n may write files
 */
export async function receiveExampleFax(
	{ n8n: { client }, standIn }: TestBed,
	folder: string,
	onProgress: (line: string) => void,
): Promise<Record<string, unknown>> {
	const { workflow, number } = await receivingExample(standIn, folder);
	const stored = await client.createWorkflow(workflow);
	const publication = await client.activate(stored);
	if (publication.status !== 'published') {
		throw new Error(`The workflow was not published: ${publication.triggers[0]?.errorMessage}`);
	}
	onProgress('published: Telnyx sends events of the application to n8n');
	standIn.receiveFax({ from: '+13125550199', to: number });
	const { id } = await waitFor(
		'the received fax to start the workflow',
		async () => (await client.executions(stored.id)).at(0),
		{ timeoutMs: 60_000 },
	);
	const execution = await client.executionEnd(id);
	const message = execution.output('Message').at(-1);
	if (execution.status !== 'success' || !message) {
		throw new Error(
			`The workflow ended with status ${execution.status}: ${execution.error?.message}`,
		);
	}
	onProgress(String(message.json.message));
	const { size } = await stat(String(message.json.fileName));
	return { ...message.json, bytes: size };
}
