/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: finds the example files */
import { resolve } from 'node:path';

import type { StandIn } from '../standin';
import { readWorkflow, withParameters } from './workflow';
import type { WorkflowJson } from './workflow';

const examples = resolve(__dirname, '..', '..', 'examples');

/** What a user chooses from a list in the editor. */
function chosen(value: string, cachedResultName: string): Record<string, unknown> {
	return { __rl: true, mode: 'list', value, cachedResultName };
}

/** The first number on the stand-in's account with the fax application that it belongs to. */
function firstNumber(standIn: StandIn): { number: string; application: Record<string, unknown> } {
	for (const { phone_number: number, connection_id: id } of standIn.phoneNumbers.values()) {
		const application = id === null ? undefined : standIn.applications.get(id);
		if (application) {
			return { number, application: chosen(application.id, application.application_name) };
		}
	}
	throw new Error('The stand-in has no number that belongs to a fax application');
}

/** The workflow `examples/send-a-fax.json` with what its user chooses from the lists. */
export async function sendingExample(standIn: StandIn): Promise<WorkflowJson> {
	const { number, application } = firstNumber(standIn);
	return withParameters(await readWorkflow(resolve(examples, 'send-a-fax.json')), 'Send fax', {
		faxApplicationId: application,
		from: chosen(number, number),
	});
}

/**
 * The workflow `examples/receive-a-fax.json` with what its user chooses, saving into `folder`, and
 * the number to fax to.
 */
export async function receivingExample(
	standIn: StandIn,
	folder: string,
): Promise<{ workflow: WorkflowJson; number: string }> {
	const { number, application } = firstNumber(standIn);
	const example = await readWorkflow(resolve(examples, 'receive-a-fax.json'));
	const workflow = withParameters(example, 'Fax received', { faxApplicationId: application });
	const fileName = `=${folder}/{{ $binary.data.fileName }}`;
	return { workflow: withParameters(workflow, 'Save document', { fileName }), number };
}
