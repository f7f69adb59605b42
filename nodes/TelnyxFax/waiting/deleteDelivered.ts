import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	IWebhookFunctions,
} from 'n8n-workflow';

import { stringAt } from '../../shared/json';
import { faxPath, telnyxDelete } from '../../shared/resources';
import { inParallel } from '../actions/parallel';
import { deleteStoredDocument, isOwnMediaName } from '../sending/mediaStorage';

const parallelDeletes = 8;

export const deleteAfterDeliveryOption: INodeProperties = {
	displayName: 'Delete After Delivery',
	name: 'deleteAfterDelivery',
	type: 'boolean',
	default: false,
	description:
		'Whether to delete a delivered fax, and the copy of its binary file in Media Storage, at Telnyx',
};

/**
 * Deletes the delivered ones of `faxes` at Telnyx, with the documents that the node itself put there.
 *
 * @returns by id, whether it is deleted; a fax that was not delivered is not among them
 */
export async function deleteDelivered(
	context: IExecuteFunctions | IWebhookFunctions,
	faxes: ReadonlyArray<[id: string, fax: IDataObject]>,
): Promise<Map<string, boolean>> {
	const deleted = new Map<string, boolean>();
	const delivered = faxes.filter(([, fax]) => fax.status === 'delivered');
	await inParallel(delivered.length, parallelDeletes, async (index) => {
		const [id, fax] = delivered[index];
		const mediaName = stringAt(fax, 'media_name');
		const steps = [telnyxDelete(context, faxPath(id))];
		if (mediaName !== undefined && isOwnMediaName(mediaName)) {
			steps.push(deleteStoredDocument(context, mediaName));
		}
		const outcomes = await Promise.allSettled(steps);
		deleted.set(
			id,
			outcomes.every(({ status }) => status === 'fulfilled'),
		);
		return true;
	});
	return deleted;
}
