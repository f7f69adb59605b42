import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { TelnyxError } from '../../shared/errors';
import { haltSignal } from '../../shared/halt';
import { objectAt, stringAt } from '../../shared/json';
import { telnyxRequest } from '../../shared/transport';
import type { Document } from './document';
import { multipart } from './multipart';

const namePrefix = 'n8n-fax-';

/** Whether the node itself has put a document of this name into Media Storage. */
export function isOwnMediaName(mediaName: string): boolean {
	return mediaName.startsWith(namePrefix);
}

/**
 * Puts a document into Telnyx's Media Storage under a name that nobody can guess, because it may
 * be somebody's medical record. Telnyx deletes it after `ttlSecs` seconds.
 *
 * @returns the `media_name` to send it by
 * @throws TelnyxError where it could not be stored: no fax was sent then
 */
export async function storeDocument(
	context: IExecuteFunctions,
	document: Document,
	ttlSecs: number,
): Promise<string> {
	let name = '';
	const { body } = await telnyxRequest(context, {
		method: 'POST',
		path: '/media',
		unless: haltSignal(context),
		// Each try has a name of its own, so an earlier one that got through is in nobody's way.
		repeatable: true,
		upload: async () => {
			name = `${namePrefix}${randomUUID()}`;
			return await multipart({ media_name: name, ttl_secs: ttlSecs }, 'media', document);
		},
	}).catch((error: unknown) => {
		throw error instanceof TelnyxError ? error.as('notSent') : error;
	});
	return stringAt(objectAt(body, 'data'), 'media_name') ?? name;
}

/** Deletes a document from Media Storage before its time. */
export async function deleteStoredDocument(
	context: IExecuteFunctions | IWebhookFunctions,
	mediaName: string,
): Promise<void> {
	await telnyxRequest(context, {
		method: 'DELETE',
		path: `/media/${encodeURIComponent(mediaName)}`,
	});
}
