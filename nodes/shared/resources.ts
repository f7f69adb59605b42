import type { IDataObject } from 'n8n-workflow';

import { TelnyxError } from './errors';
import { objectAt } from './json';
import type { TelnyxContext, TelnyxRequest } from './transport';
import { telnyxRequest } from './transport';

/** The path of a fax, or of one of its actions. */
export function faxPath(id: string, action = ''): string {
	return `/faxes/${encodeURIComponent(id)}${action}`;
}

/** The path of a fax application. */
export function faxApplicationPath(id: string): string {
	return `/fax_applications/${encodeURIComponent(id)}`;
}

/**
 * The `data` object of Telnyx's answer to a request.
 *
 * @throws TelnyxError also where the answer has none
 */
export async function telnyxData(
	context: TelnyxContext,
	request: TelnyxRequest,
): Promise<IDataObject> {
	const { body } = await telnyxRequest(context, request);
	const data = objectAt(body, 'data');
	if (Object.keys(data).length > 0) return data;
	throw new TelnyxError(`Telnyx answered ${request.method} ${request.path} without data`, {
		outcome: 'unknown',
		nextStep: 'Try again later, and check status.telnyx.com',
		body,
	});
}

/** A fax as it is on Telnyx now. */
export async function getFax(
	context: TelnyxContext,
	id: string,
	signal?: AbortSignal,
): Promise<IDataObject> {
	return await telnyxData(context, { method: 'GET', path: faxPath(id), signal });
}

/** A fax application as it is on Telnyx now. */
export async function getFaxApplication(context: TelnyxContext, id: string): Promise<IDataObject> {
	return await telnyxData(context, { method: 'GET', path: faxApplicationPath(id) });
}

/** Deletes what is at `path`. */
export async function telnyxDelete(context: TelnyxContext, path: string): Promise<void> {
	await telnyxRequest(context, { method: 'DELETE', path });
}
