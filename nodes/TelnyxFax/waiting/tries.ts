import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

const counted = new WeakSet<IExecuteFunctions>();

function triesOf(context: IExecuteFunctions): { counts: Record<string, number>; run: string } {
	const store = context.getContext('node');
	const counts: Record<string, number> = (store.tries ??= {});
	return { counts, run: String(context.evaluateExpression('{{ $runIndex }}', 0)) };
}

/** Counts a try of the node, once however many items it has; the node context outlives tries. */
export function countTry(context: IExecuteFunctions): void {
	if (counted.has(context)) return;
	counted.add(context);
	const { counts, run } = triesOf(context);
	counts[run] = (counts[run] ?? 0) + 1;
}

/**
 * Whether n8n runs the node again in place of taking these items: with "Retry On Fail" it does so
 * where the first of them is an error and a try is left.
 */
export function isTriedAgain(context: IExecuteFunctions, items: INodeExecutionData[]): boolean {
	const { retryOnFail, maxTries } = context.getNode();
	if (retryOnFail !== true || !items[0]?.json.error) return false;
	const { counts, run } = triesOf(context);
	// n8n's own bounds and default.
	return (counts[run] ?? 0) < Math.min(5, Math.max(2, maxTries || 3));
}
