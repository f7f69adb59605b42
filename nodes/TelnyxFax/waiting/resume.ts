import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { authenticate } from '../../shared/webhook/authenticate';
import type { FaxEvent } from '../../shared/webhook/event';
import { readEvent } from '../../shared/webhook/event';
import { isFinal } from '../../shared/fax';
import { isObject, parseJson, stringAt } from '../../shared/json';
import { readEndedFaxes, readIfAllFinal } from './faxes';
import { openIds, withFaxes } from './items';
import type { FinalEvent } from './result';
import { Rounds } from './rounds';

const rounds = new Rounds<Map<string, IDataObject>>();

/** What to do with a call to a parked execution. */
type Decision = { status: number; message: string } | { items: INodeExecutionData[] };

/** The items that the execution was parked with. */
function parkedItems(context: IWebhookFunctions): INodeExecutionData[] {
	const items: unknown = context.evaluateExpression('{{ $input.all() }}', 0);
	if (!Array.isArray(items)) return [];
	return items.filter((item): item is INodeExecutionData => isObject(item) && isObject(item.json));
}

/** All faxes as Telnyx has them; undefined while one of them is not final. */
async function finalFaxes(
	context: IWebhookFunctions,
	ids: string[],
	events: ReadonlyMap<string, FinalEvent>,
): Promise<Map<string, IDataObject> | undefined> {
	// Telnyx is the memory: it outlives every process of n8n, and any of them can ask it.
	const others = await readIfAllFinal(
		context,
		ids.filter((id) => !events.has(id)),
	);
	return others && new Map([...others, ...(await readEndedFaxes(context, events))]);
}

/** The name of a final event tells the status too, should its payload not. */
function finalStatus({ type, payload }: FaxEvent): string | undefined {
	const status = stringAt(payload, 'status') ?? type.replace('fax.', '');
	return isFinal(status) ? status : undefined;
}

async function decide(context: IWebhookFunctions): Promise<Decision> {
	const { rawBody, refusal } = await authenticate(context);
	if (refusal) return refusal;
	const body = parseJson(rawBody.toString('utf8'));
	const event = isObject(body) ? readEvent(body) : undefined;
	if (event === undefined) return { status: 200, message: 'Not a fax event' };
	const { occurredAt } = event;
	const status = finalStatus(event);
	if (status === undefined) return { status: 200, message: 'Not a final event' };
	const payload = { ...event.payload, status };
	const items = parkedItems(context);
	const ids = openIds(items);
	const id = stringAt(payload, 'fax_id');
	if (id === undefined || !ids.includes(id)) {
		return { status: 200, message: 'Not a fax of this execution' };
	}
	const all = await rounds.join(ids[0], id, { payload, occurredAt }, async (events) => {
		return await finalFaxes(context, ids, events);
	});
	if (all === 'noted') return { status: 200, message: 'Noted' };
	// As n8n itself answers once the execution runs again; if it does not, Telnyx's repeat may help.
	if (all === 'closed') return { status: 409, message: 'The execution is being resumed' };
	return { items: await withFaxes(context, items, all.found, all.events) };
}

/**
 * Takes a call to a parked execution of Send and Wait for Result: verifies it, and resumes the
 * execution once every fax of it is final. Never throws, because n8n would end the execution then.
 */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const decision = await decide(context).catch((error: unknown): Decision => {
		context.logger.warn(
			`Telnyx Fax could not take an event of a waiting fax, and Telnyx will repeat it: ${String(error)}`,
		);
		return { status: 503, message: 'The event cannot be taken at the moment' };
	});
	if ('items' in decision) return { workflowData: [decision.items] };
	context.getResponseObject().status(decision.status).json({ message: decision.message });
	return { noWebhookResponse: true };
}
