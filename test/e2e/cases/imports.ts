import type { INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/workflow';
import { exampleNames, readExample } from '../exampleFiles';
import type { Fixture } from '../fixtures';

/** What the user has to choose, each in the node's own words. */
const choices = ['Fax Application', 'Folder', 'Channel', 'Model'];

function stickyNotes({ nodes }: WorkflowJson): string[] {
	return nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters }) => String(parameters.content));
}

/** The type of a node in the version that the workflow was made with. */
function typeOf(types: INodeTypeDescription[], node: WorkflowJson['nodes'][number]) {
	return types.find(
		({ name, version }) =>
			name === node.type && [version].flat().includes(Number(node.typeVersion)),
	);
}

/** What makes the editor show a red triangle, besides a credential that is not chosen yet. */
function issuesOf(types: INodeTypeDescription[], node: WorkflowJson['nodes'][number]): string[] {
	const type = typeOf(types, node);
	if (type === undefined) return [`n8n does not know ${node.type} ${String(node.typeVersion)}`];
	const given: INodeParameters = JSON.parse(JSON.stringify(node.parameters));
	const versioned = { typeVersion: Number(node.typeVersion) };
	const parameters = NodeHelpers.getNodeParameters(
		type.properties,
		given,
		true,
		false,
		versioned,
		type,
	);
	const issues = NodeHelpers.getNodeParametersIssues(
		type.properties,
		{
			id: String(node.id),
			name: node.name,
			type: node.type,
			...versioned,
			position: [0, 0],
			parameters: parameters ?? {},
		},
		type,
	);
	return Object.values(issues?.parameters ?? {}).flat();
}

/** What a user sees who imports one of the examples. */
export function importCases(fixture: Fixture): void {
	describe.each(exampleNames)('%s', (name) => {
		it('has only nodes that n8n knows, with nothing left to fill in but choices from lists', async () => {
			const types = await fixture.testBed.n8n.client.nodeTypes();
			const { nodes } = await readExample(name);

			const issues = nodes.flatMap((node) => issuesOf(types, node));
			expect(issues.filter((issue) => !choices.some((choice) => issue.includes(choice)))).toEqual(
				[],
			);
		});

		it('is stored by n8n as it is', async () => {
			const workflow = await readExample(name);
			const stored = await fixture.testBed.n8n.client.createWorkflow(workflow);

			expect(stored.name).toBe(workflow.name);
		});

		it('explains itself in sticky notes, and names credentials without their ids', async () => {
			const workflow = await readExample(name);

			expect(stickyNotes(workflow).join('\n')).toMatch(/^## /m);
			for (const { credentials } of workflow.nodes) {
				for (const credential of Object.values(credentials ?? {})) {
					expect(credential).toEqual({ name: expect.any(String) });
				}
			}
		});
	});
}
