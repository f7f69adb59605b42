import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { telnyxData } from '../../../shared/resources';
import { faxApplicationId, phoneNumberId, simplify } from '../fields';
import { shownFor } from '../operation';
import { simplifyPhoneNumber, toItems } from '../output';
import { requiredId } from '../params';

export const description = shownFor(
	'phoneNumber',
	['assign'],
	[phoneNumberId, faxApplicationId, simplify],
);

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredId(this, 'phoneNumberId', 'Phone Number', itemIndex);
	const number = await telnyxData(this, {
		method: 'PATCH',
		path: `/phone_numbers/${encodeURIComponent(id)}`,
		json: {
			connection_id: requiredId(this, 'faxApplicationId', 'Fax Application', itemIndex),
		},
	});
	return toItems(this, itemIndex, [number], simplifyPhoneNumber);
}
