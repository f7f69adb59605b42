import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { DocumentSource, FaxRequest } from './faxRequest';
import { senderOf } from './sender';

function documentOf(source: DocumentSource): IDataObject {
	if (source.kind === 'reference') return source.field;
	const { fileName, mimeType, bytes } = source.document;
	return { fileName, mimeType, bytes };
}

/**
 * What would be sent, with everything checked and filled in as for a real fax, without sending it.
 *
 * @throws as sending would
 */
export async function dryRun(
	context: IExecuteFunctions,
	request: FaxRequest,
): Promise<IDataObject> {
	const { faxApplicationId, from } = await senderOf(context, request);
	const { webhook_url: webhookUrl, ...settings } = request.fields;
	// The URL of Send and Wait for Result would let its reader resume the execution.
	const shown = webhookUrl === request.resumeUrl ? settings : request.fields;
	return {
		id: null,
		status: 'not sent',
		dryRun: true,
		faxApplicationId,
		from,
		to: request.to,
		document: documentOf(request.source),
		settings: shown,
	};
}
