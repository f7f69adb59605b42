import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { isFinal } from '../../shared/fax';
import { stringAt } from '../../shared/json';
import { withPrivacy } from '../../shared/privacy';
import { deleteDelivered } from './deleteDelivered';
import { finalEvents } from './faxes';
import type { Knowledge } from './result';
import { faxResult } from './result';

/** The ids of the faxes among the items whose result is still open. */
export function openIds(items: readonly INodeExecutionData[]): string[] {
	return items.flatMap(({ json }) => {
		const id = stringAt(json, 'id');
		return id === undefined || json.final === true ? [] : [id];
	});
}

function earliest(faxes: Iterable<IDataObject>): string {
	const times = [...faxes].map((fax) => stringAt(fax, 'created_at') ?? '').sort();
	return times[0] ?? new Date().toISOString();
}

/**
 * The items with what Telnyx says of their faxes now. Items without a fax (errors, unknown outcome)
 * and faxes that could not be read stay as they are.
 *
 * @param faxes as Telnyx answers them, by id
 * @param options of the operation, for what the output may show and what is to be deleted
 * @param event the final event at hand, if there is one
 */
export async function withFaxes(
	context: IExecuteFunctions | IWebhookFunctions,
	items: INodeExecutionData[],
	faxes: ReadonlyMap<string, IDataObject>,
	options: IDataObject,
	event?: Knowledge['event'],
): Promise<INodeExecutionData[]> {
	const final = [...faxes].filter(([, fax]) => isFinal(fax.status)).map(([id]) => id);
	const logged = final.filter((id) => id !== event?.payload.fax_id);
	const events =
		logged.length === 0
			? new Map<string, Knowledge['event']>()
			: await finalEvents(context, logged, earliest(faxes.values()));
	const deleted =
		options.deleteAfterDelivery === true ? await deleteDelivered(context, faxes) : undefined;
	return items.map((item) => {
		const id = stringAt(item.json, 'id') ?? '';
		const fax = faxes.get(id);
		if (fax === undefined) return item;
		const own = event?.payload.fax_id === id ? event : events.get(id);
		const result = {
			...withPrivacy(faxResult({ fax, event: own }), options),
			// The item shows its numbers as its own options ask; here options are those of one item.
			...(stringAt(item.json, 'from') && { from: item.json.from, to: item.json.to }),
		};
		const wasDeleted = deleted?.get(id);
		return {
			...item,
			json: wasDeleted === undefined ? result : { ...result, deleted: wasDeleted },
		};
	});
}
