import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { getFaxApplication } from '../../../shared/resources';
import { faxApplicationId, simplify } from '../fields';
import { shownFor } from '../operation';
import { simplifyFaxApplication, toItems } from '../output';
import { requiredId } from '../params';

export const description = shownFor('faxApplication', ['get'], [faxApplicationId, simplify]);

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredId(this, 'faxApplicationId', 'Fax Application', itemIndex);
	const application = await getFaxApplication(this, id);
	return toItems(this, itemIndex, [application], simplifyFaxApplication);
}
