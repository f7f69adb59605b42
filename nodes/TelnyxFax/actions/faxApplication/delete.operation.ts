import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { faxApplicationPath, telnyxDelete } from '../../../shared/resources';
import { faxApplicationId } from '../fields';
import { shownFor } from '../operation';
import { requiredId } from '../params';

export const description = shownFor('faxApplication', ['delete'], [faxApplicationId]);

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredId(this, 'faxApplicationId', 'Fax Application', itemIndex);
	await telnyxDelete(this, faxApplicationPath(id));
	return [{ json: { deleted: true, id } }];
}
