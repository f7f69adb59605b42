import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { getFaxApplication } from '../../../shared/resources';
import { faxApplicationId, simplify } from '../fields';
import { shownFor } from '../operation';
import { simplifyFaxApplication, toItems } from '../output';
import { chosenFaxApplication } from '../params';

export const description = shownFor('faxApplication', ['get'], [faxApplicationId, simplify]);

export const check = chosenFaxApplication;

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = await chosenFaxApplication.call(this, itemIndex);
	const application = await getFaxApplication(this, id);
	return toItems(this, itemIndex, [application], simplifyFaxApplication);
}
