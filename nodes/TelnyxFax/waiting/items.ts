import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { isFinal } from '../../shared/fax';
import { stringAt } from '../../shared/json';
import { deleteDelivered } from './deleteDelivered';
import { deletionsOf } from './deletions';
import { finalEvents } from './faxes';
import type { FinalEvent } from './result';
import { faxResult } from './result';

/** The ids of the faxes among the items whose result is still open. */
export function openIds(items: readonly INodeExecutionData[]): string[] {
	return items.flatMap(({ json }) => {
		const id = stringAt(json, 'id');
		return id === undefined || json.final === true ? [] : [id];
	});
}

function earliest(items: readonly INodeExecutionData[]): string | undefined {
	return items
		.flatMap(({ json }) => stringAt(json, 'createdAt') ?? [])
		.sort()
		.at(0);
}

/**
 * The items with what Telnyx says of their faxes now. Of a fax that Telnyx does not have any more its
 * final event may still tell. Items about whose fax nothing is known stay as they are, and so do
 * those without one (errors, unknown outcome).
 *
 * @param faxes as Telnyx answers them, by id
 * @param known the final events at hand, by fax id
 */
export async function withFaxes(
	context: IExecuteFunctions | IWebhookFunctions,
	items: INodeExecutionData[],
	faxes: ReadonlyMap<string, IDataObject>,
	known: ReadonlyMap<string, FinalEvent> = new Map(),
): Promise<INodeExecutionData[]> {
	const logged = openIds(items).filter((id) => {
		const fax = faxes.get(id);
		return !known.has(id) && (fax === undefined || isFinal(fax.status));
	});
	const events = new Map([
		...(logged.length === 0 ? [] : await finalEvents(context, logged, earliest(items))),
		...known,
	]);
	const deletions = deletionsOf(context);
	const deleted = await deleteDelivered(
		context,
		[...faxes].filter(([id]) => deletions.has(id)),
	);
	return items.map((item) => {
		const id = stringAt(item.json, 'id') ?? '';
		const event = events.get(id);
		const fax =
			faxes.get(id) ?? (event && { ...event.payload, id, created_at: item.json.createdAt ?? null });
		if (fax === undefined) return item;
		const result = {
			...faxResult({ fax, event }),
			// As the options of the item ask, which were evaluated when it was sent.
			...(stringAt(item.json, 'from') && { from: item.json.from, to: item.json.to }),
		};
		const wasDeleted = deleted.get(id);
		return {
			...item,
			json: wasDeleted === undefined ? result : { ...result, deleted: wasDeleted },
		};
	});
}
