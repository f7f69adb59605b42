import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { downloadFax } from '../shared/download';
import { InputError, messageOf } from '../shared/errors';
import { isObject, parseJson } from '../shared/json';
import { withPrivacy } from '../shared/privacy';
import { authenticate } from '../shared/webhook/authenticate';
import type { FaxEvent } from '../shared/webhook/event';
import { readEvent } from '../shared/webhook/event';
import { isWanted, simplifyEvent } from './events';
import { optionsOf, subscriptionOf, timeoutSecsOf } from './parameters';
import { Repeats } from './repeats';
import { warnRarely } from '../shared/webhook/warnings';

/** What of the time that Telnyx waits is kept for n8n to start the execution and answer, in ms. */
const answerReserveMs = 4000;

const longestDownloadMs = 25_000;

const repeats = new Repeats();

/** What is to be done with a delivery. */
export type Reception =
	/** Answered with this status and starts nothing. */
	| { status: number; message: string }
	/** Starts an execution with this item; `settle` is told whether Telnyx got its acknowledgement. */
	| { item: INodeExecutionData; settle: (acknowledged: boolean) => void };

function ignored(message: string): Reception {
	return { status: 200, message };
}

function downloadMs(context: IWebhookFunctions): number {
	const timeoutMs = timeoutSecsOf(context) * 1000;
	return Math.min(longestDownloadMs, Math.max(timeoutMs / 2, timeoutMs - answerReserveMs));
}

/** The received document as binary data, or the reason why it is not there. */
async function attachDocument(
	context: IWebhookFunctions,
	{ payload }: FaxEvent,
): Promise<Pick<INodeExecutionData, 'json' | 'binary'>> {
	const ms = downloadMs(context);
	const signal = AbortSignal.timeout(ms);
	const fax: IDataObject = {
		id: payload.fax_id,
		direction: 'inbound',
		media_url: payload.media_url,
	};
	const outcome = await downloadFax(context, fax, 'document', signal).catch((error: unknown) => ({
		documentError: signal.aborted
			? `The document could not be downloaded within ${ms / 1000} seconds. Get it with the operation Download of Telnyx Fax`
			: `The document could not be downloaded: ${messageOf(error)}. Get it with the operation Download of Telnyx Fax`,
	}));
	if ('documentError' in outcome) return { json: { documentError: outcome.documentError } };
	const field = String(context.getNodeParameter('binaryPropertyName', 'data')).trim() || 'data';
	return { json: {}, binary: { [field]: outcome } };
}

async function itemOf(context: IWebhookFunctions, event: FaxEvent): Promise<INodeExecutionData> {
	const simplified = context.getNodeParameter('simplify', true) !== false;
	const json = withPrivacy(simplified ? simplifyEvent(event) : event.raw, optionsOf(context));
	const wantsDocument =
		event.type === 'fax.received' && context.getNodeParameter('downloadDocument', false) === true;
	if (!wantsDocument) return { json };
	const document = await attachDocument(context, event);
	return { json: { ...json, ...document.json }, binary: document.binary };
}

/**
 * Decides about a delivery to the trigger's URL. Nothing in it is believed before its signature is
 * verified; a refusal never throws, because n8n would start an execution in error for it.
 */
export async function receive(context: IWebhookFunctions): Promise<Reception> {
	const { rawBody, refusal } = await authenticate(context);
	if (refusal) return refusal;
	const body = parseJson(rawBody.toString('utf8'));
	const event = isObject(body) ? readEvent(body) : undefined;
	if (event === undefined) return ignored('Not a fax event');
	const subscription = subscriptionOf(context);
	const application = event.payload.connection_id;
	if (application !== undefined && application !== subscription.faxApplicationId) {
		warnRarely(
			context,
			'other application',
			`Telnyx Fax Trigger got an event of the fax application ${String(application)}, which is not the chosen one: it starts nothing`,
			Infinity,
		);
		return ignored('Not an event of the chosen fax application');
	}
	if (!isWanted(event, subscription)) return ignored('Not a subscribed event');
	const { id: workflowId } = context.getWorkflow();
	const isTest = context.getMode() === 'manual';
	const settle = isTest
		? () => undefined
		: await repeats.claim(`${workflowId} ${context.getNode().id} ${event.id}`);
	if (settle === undefined) return ignored('Already received');
	const item = await itemOf(context, event).catch((error: unknown) => {
		settle(false);
		throw error instanceof Error ? error : new InputError(String(error), 'Try again');
	});
	return { item, settle };
}
