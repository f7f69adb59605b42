import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { faxApplicationPath, telnyxDelete } from '../../../shared/resources';
import { faxApplicationId } from '../fields';
import { shownFor } from '../operation';
import { chosenFaxApplication } from '../params';

export const description = shownFor('faxApplication', ['delete'], [faxApplicationId]);

export const check = chosenFaxApplication;

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = await chosenFaxApplication.call(this, itemIndex);
	await telnyxDelete(this, faxApplicationPath(id));
	return [{ json: { deleted: true, id } }];
}
