import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { simplifyFax } from '../../../shared/fax';
import { faxPath, getFax } from '../../../shared/resources';
import { telnyxRequest } from '../../../shared/transport';
import { faxId, outputOptions, simplify } from '../fields';
import { shownFor } from '../operation';
import { toItems } from '../output';
import { chosenFax } from '../params';

export const description = shownFor('fax', ['refresh'], [faxId, simplify, outputOptions]);

/** Unlike elsewhere the link is what the user came for. */
function withLink(fax: IDataObject): IDataObject {
	const { id, status, ...rest } = simplifyFax(fax);
	return { id, mediaUrl: fax.media_url ?? null, status, ...rest };
}

export const check = chosenFax;

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = await chosenFax.call(this, itemIndex);
	await telnyxRequest(this, {
		method: 'POST',
		path: faxPath(id, '/actions/refresh'),
		repeatable: true,
	});
	return toItems(this, itemIndex, [await getFax(this, id)], withLink);
}
