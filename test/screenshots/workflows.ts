import type { INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../n8n/workflow';
import type { StandIn } from '../standin';

const credentials = { telnyxFaxApi: { name: 'Telnyx Fax account' } };

/** What a user chose from a list. */
function chosen(value: string, cachedResultName = value): INodeParameters {
	return { __rl: true, mode: 'list', value, cachedResultName };
}

/** The first number of the account, and the fax application that it belongs to. */
export function firstChoices({ phoneNumbers, applications }: StandIn): INodeParameters {
	for (const { phone_number: number, connection_id: id } of phoneNumbers.values()) {
		const application = applications.get(id ?? '');
		if (application) {
			return {
				faxApplicationId: chosen(application.id, application.application_name),
				from: chosen(number),
			};
		}
	}
	throw new Error('The stand-in has no number that belongs to a fax application');
}

/** The workflow with `choices` in all nodes that have such parameters. */
export function withChoices(workflow: WorkflowJson, choices: INodeParameters): WorkflowJson {
	const nodes = workflow.nodes.map((node) => {
		if (!node.type.includes('telnyxFax')) return node;
		const open = Object.entries(choices).filter(([name]) => name in node.parameters);
		return { ...node, parameters: { ...node.parameters, ...Object.fromEntries(open) } };
	});
	return { ...workflow, nodes };
}

/** A workflow with one node for each set of parameters, by name. */
export function workflowOf(
	type: string,
	parametersByName: Record<string, INodeParameters>,
): WorkflowJson {
	return {
		name: 'Panels',
		nodes: Object.entries(parametersByName).map(([name, parameters], index) => ({
			id: `node-${index}`,
			name,
			type: `n8n-nodes-telnyx-fax.${type}`,
			typeVersion: 1,
			position: [0, index * 160],
			parameters,
			credentials,
		})),
		connections: {},
		settings: {},
	};
}
