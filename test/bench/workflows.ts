import type { WorkflowJson } from '../n8n/workflow';

type Node = WorkflowJson['nodes'][number];

/** The credential of the test bed, for this package's nodes and for n8n's own. */
const credentials = { telnyxFaxApi: { name: 'Telnyx Fax account' } };

/** A node as the editor saves it. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	more: Record<string, unknown> = {},
): Node {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...more };
}

/** The action node of this package. */
export function telnyxFax(name: string, parameters: Record<string, unknown>): Node {
	return node(name, 'n8n-nodes-telnyx-fax.telnyxFax', 1, parameters, { credentials });
}

/** n8n's own HTTP Request node, signing in to Telnyx with the same credential. */
export function httpRequest(name: string, parameters: Record<string, unknown>): Node {
	const authentication = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'telnyxFaxApi',
	};
	const all = { ...authentication, ...parameters };
	return node(name, 'n8n-nodes-base.httpRequest', 4.2, all, { credentials });
}

/** Nodes that turn a list into items, one each. */
export function itemsOf(list: unknown[]): Node[] {
	return [
		node('List', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ list }),
			options: {},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'list', options: {} }),
	];
}

/** A workflow that runs its nodes one after the other. */
export function chain(name: string, nodes: Node[]): WorkflowJson {
	const links = nodes.slice(1).map((next, index): [string, unknown] => {
		return [nodes[index].name, { main: [[{ node: next.name, type: 'main', index: 0 }]] }];
	});
	return {
		name,
		nodes,
		connections: Object.fromEntries(links),
		settings: { executionOrder: 'v1' },
	};
}

/** The same, started by hand. */
export function manualChain(name: string, nodes: Node[]): WorkflowJson {
	return chain(name, [node('Start', 'n8n-nodes-base.manualTrigger', 1, {}), ...nodes]);
}
