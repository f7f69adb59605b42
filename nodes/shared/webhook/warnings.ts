import type { IWebhookFunctions } from 'n8n-workflow';

const mostRemembered = 1000;

/** When each warning was last given, in ms of Date.now(), in this process. */
const given = new Map<string, number>();

/** Writes a warning to n8n's log, the same for one trigger at most once per `pauseMs`. */
export function warnRarely(
	context: IWebhookFunctions,
	reason: string,
	text: string,
	pauseMs = 60_000,
): void {
	const key = `${context.getWorkflow().id} ${context.getNode().id} ${reason}`;
	const last = given.get(key);
	if (last !== undefined && Date.now() - last < pauseMs) return;
	if (given.size >= mostRemembered) given.clear();
	given.set(key, Date.now());
	context.logger.warn(text, {
		workflowId: context.getWorkflow().id,
		nodeName: context.getNode().name,
	});
}
