/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: finds the example files */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { readWorkflow } from '../n8n/workflow';
import type { WorkflowJson } from '../n8n/workflow';
import { known } from './fixtures';

const folder = resolve(__dirname, '..', '..', 'examples');

/** The names of all files in `examples/`, without `.json`. */
export const exampleNames = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace('.json', ''));

/** The workflow in `examples/<name>.json` as it is. */
export async function readExample(name: string): Promise<WorkflowJson> {
	return await readWorkflow(join(folder, `${name}.json`));
}

/** The workflow with the fax application and the number that its user chooses from the lists. */
export function withChoices(workflow: WorkflowJson): WorkflowJson {
	const chosen = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: value });
	const choices = { faxApplicationId: chosen(known.applicationId), from: chosen(known.number) };
	const nodes = workflow.nodes.map((node) => {
		const open = Object.entries(choices).filter(([name]) => name in node.parameters);
		return node.type.includes('telnyxFax')
			? { ...node, parameters: { ...node.parameters, ...Object.fromEntries(open) } }
			: node;
	});
	return { ...workflow, nodes };
}

/** The workflow with a manual trigger in front of its node `firstNode`. */
export function startedBy(workflow: WorkflowJson, firstNode: string): WorkflowJson {
	const trigger = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const connections = {
		...workflow.connections,
		Start: { main: [[{ node: firstNode, type: 'main', index: 0 }]] },
	};
	return { ...workflow, nodes: [...workflow.nodes, trigger], connections };
}
