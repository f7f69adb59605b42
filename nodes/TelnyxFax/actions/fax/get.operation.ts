import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { simplifyFax } from '../../../shared/fax';
import { getFax } from '../../../shared/resources';
import { faxId, outputOptions, simplify } from '../fields';
import { shownFor } from '../operation';
import { toItems } from '../output';
import { requiredId } from '../params';

export const description = shownFor('fax', ['get'], [faxId, simplify, outputOptions]);

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const fax = await getFax(this, requiredId(this, 'faxId', 'Fax', itemIndex));
	return toItems(this, itemIndex, [fax], simplifyFax);
}
