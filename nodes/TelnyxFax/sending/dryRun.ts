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
	return {
		id: null,
		status: 'not sent',
		dryRun: true,
		faxApplicationId,
		from,
		to: request.to,
		document: documentOf(request.source),
		settings: request.fields,
	};
}
