import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { simplifyFax } from '../../../shared/fax';
import { faxPath, getFax } from '../../../shared/resources';
import { telnyxRequest } from '../../../shared/transport';
import { faxId, outputOptions, simplify } from '../fields';
import { shownFor } from '../operation';
import { toItems } from '../output';
import { chosenFax } from '../params';

export const description = shownFor('fax', ['cancel'], [faxId, simplify, outputOptions]);

export const check = chosenFax;

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = await chosenFax.call(this, itemIndex);
	await telnyxRequest(this, {
		method: 'POST',
		path: faxPath(id, '/actions/cancel'),
		repeatable: true,
		doneStatus: 422,
	});
	// Telnyx only acknowledges the request, and has no status for it: the fax tells what became of it.
	const fax = await getFax(this, id);
	const [{ json }] = toItems(this, itemIndex, [fax], simplifyFax);
	return [{ json: { cancelRequested: true, ...json } }];
}
