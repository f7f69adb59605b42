import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { simplifyFax } from '../../../shared/fax';
import { getFax } from '../../../shared/resources';
import { faxId, outputOptions, simplify } from '../fields';
import { shownFor } from '../operation';
import { toItems } from '../output';
import { chosenFax } from '../params';

export const description = shownFor('fax', ['get'], [faxId, simplify, outputOptions]);

export const check = chosenFax;

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const fax = await getFax(this, await chosenFax.call(this, itemIndex));
	return toItems(this, itemIndex, [fax], simplifyFax);
}
