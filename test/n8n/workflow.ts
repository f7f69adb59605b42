/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: reads workflow files */
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

const nodeSchema = z
	.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })
	.passthrough();

const workflowJsonSchema = z
	.object({
		name: z.string(),
		nodes: z.array(nodeSchema),
		connections: z.record(z.unknown()),
		settings: z.record(z.unknown()).default({}),
	})
	.passthrough();

/** A workflow as n8n's editor exports it; n8n finds its credentials by their names. */
export type WorkflowJson = z.infer<typeof workflowJsonSchema>;

/** Reads a workflow exported from the editor; throws when the file is not one. */
export async function readWorkflow(path: string): Promise<WorkflowJson> {
	return workflowJsonSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** The workflow with some parameters of one of its nodes replaced. */
export function withParameters(
	workflow: WorkflowJson,
	nodeName: string,
	parameters: Record<string, unknown>,
): WorkflowJson {
	return withNode(workflow, nodeName, (node) => ({
		...node,
		parameters: { ...node.parameters, ...parameters },
	}));
}

/** The workflow with the settings of one of its nodes replaced, such as `onError`. */
export function withNodeSettings(
	workflow: WorkflowJson,
	nodeName: string,
	settings: Record<string, unknown>,
): WorkflowJson {
	return withNode(workflow, nodeName, (node) => ({ ...node, ...settings }));
}

type WorkflowNode = WorkflowJson['nodes'][number];

function withNode(
	workflow: WorkflowJson,
	nodeName: string,
	change: (node: WorkflowNode) => WorkflowNode,
): WorkflowJson {
	if (!workflow.nodes.some(({ name }) => name === nodeName)) {
		throw new Error(`The workflow "${workflow.name}" has no node "${nodeName}"`);
	}
	const nodes = workflow.nodes.map((node) => (node.name === nodeName ? change(node) : node));
	return { ...workflow, nodes };
}
