import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { telnyxData } from '../../../shared/resources';
import { faxApplicationId, phoneNumberId, simplify } from '../fields';
import { shownFor } from '../operation';
import { simplifyPhoneNumber, toItems } from '../output';
import { chosenFaxApplication, requiredId } from '../params';

export const description = shownFor(
	'phoneNumber',
	['assign'],
	[phoneNumberId, faxApplicationId, simplify],
);

export async function check(this: IExecuteFunctions, itemIndex: number) {
	return {
		id: requiredId(this, 'phoneNumberId', 'Phone Number', itemIndex),
		faxApplication: await chosenFaxApplication.call(this, itemIndex),
	};
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { id, faxApplication } = await check.call(this, itemIndex);
	const number = await telnyxData(this, {
		method: 'PATCH',
		path: `/phone_numbers/${encodeURIComponent(id)}`,
		json: { connection_id: faxApplication },
	});
	return toItems(this, itemIndex, [number], simplifyPhoneNumber);
}
