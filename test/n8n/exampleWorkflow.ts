/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: finds the example file */
import { resolve } from 'node:path';

import type { StandIn } from '../standin';
import { readWorkflow, withParameters } from './workflow';
import type { WorkflowJson } from './workflow';

const exampleFile = resolve(__dirname, '..', '..', 'examples', 'send-a-fax.json');

/**
 * The workflow `examples/send-a-fax.json` with what its user chooses from the lists: here the first
 * number on the stand-in's account and the fax application it belongs to.
 */
export async function exampleWorkflow(standIn: StandIn): Promise<WorkflowJson> {
	for (const { phone_number: number, connection_id: id } of standIn.phoneNumbers.values()) {
		const application = id === null ? undefined : standIn.applications.get(id);
		if (!application) continue;
		return withParameters(await readWorkflow(exampleFile), 'Send fax', {
			faxApplicationId: chosen(application.id, application.application_name),
			from: chosen(number, number),
		});
	}
	throw new Error('The stand-in has no number that belongs to a fax application');
}

function chosen(value: string, cachedResultName: string): Record<string, unknown> {
	return { __rl: true, mode: 'list', value, cachedResultName };
}
