import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

/**
 * Which faxes are to be deleted once they are delivered. Decided by the options of each item when it
 * is sent, and kept in the node context: when the result comes, the items are not there any more to
 * evaluate an expression with.
 */

/** Remembers that a fax is to be deleted. */
export function rememberDeletion(context: IExecuteFunctions, id: string): void {
	const store = context.getContext('node');
	const ids: string[] = (store.deleteAfterDelivery ??= []);
	if (!ids.includes(id)) ids.push(id);
}

function remembered(context: IExecuteFunctions | IWebhookFunctions): unknown {
	if ('getContext' in context) return context.getContext('node').deleteAfterDelivery;
	const name = JSON.stringify(context.getNode().name);
	return context.evaluateExpression(`{{ $node[${name}].context.deleteAfterDelivery }}`, 0);
}

/** The ids of the faxes that are to be deleted once they are delivered. */
export function deletionsOf(context: IExecuteFunctions | IWebhookFunctions): ReadonlySet<string> {
	const ids = remembered(context);
	return new Set(Array.isArray(ids) ? ids.map(String) : []);
}
