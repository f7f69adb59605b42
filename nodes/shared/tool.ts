import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether an AI model calls the node: n8n makes a second node type of it for that. Then there is one
 * item, and the model has to learn of an error, which in some versions of n8n would end the run.
 */
export function isCalledByModel(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}
