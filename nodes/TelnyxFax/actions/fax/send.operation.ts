import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { simplifyFax } from '../../../shared/fax';
import { decodeReference } from '../../../shared/reference';
import { faxRequestOf } from '../../sending/faxRequest';
import { sendFields } from '../../sending/fields';
import { senderOf } from '../../sending/sender';
import { submit } from '../../sending/submit';
import { shownFor } from '../operation';
import { toItems } from '../output';

export const description = shownFor('fax', ['send'], sendFields);

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const submission = await submit(this, itemIndex, async () => {
		const fax = await faxRequestOf(this, itemIndex);
		return { fax, sender: await senderOf(this, fax) };
	});
	if ('fax' in submission) return toItems(this, itemIndex, [submission.fax], simplifyFax);
	const { at, body } = submission.unknown;
	return [
		{
			json: {
				id: null,
				status: 'unknown',
				final: false,
				direction: 'outbound',
				from: body.from,
				to: body.to,
				clientState: decodeReference(body.client_state),
				attemptedAt: new Date(at).toISOString(),
				message:
					'Telnyx did not confirm this fax, and its list of faxes does not show clearly whether it was accepted',
				nextStep:
					'Do not send it again yet: look for it in the Telnyx portal or with Get Many first, and send it again only if it is not there',
			},
		},
	];
}
