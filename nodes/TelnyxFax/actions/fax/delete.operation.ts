import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { faxPath, telnyxDelete } from '../../../shared/resources';
import { faxId } from '../fields';
import { shownFor } from '../operation';
import { chosenFax } from '../params';

export const description = shownFor('fax', ['delete'], [faxId]);

export const check = chosenFax;

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = await chosenFax.call(this, itemIndex);
	await telnyxDelete(this, faxPath(id));
	return [{ json: { deleted: true, id } }];
}
