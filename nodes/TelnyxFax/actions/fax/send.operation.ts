import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { simplifyFax } from '../../../shared/fax';
import { faxRequestOf } from '../../sending/faxRequest';
import { faxFields, faxOptions, webhookUrlOption } from '../../sending/fields';
import { submit } from '../../sending/submit';
import { unconfirmedFax } from '../../sending/unconfirmed';
import { simplify } from '../fields';
import { shownFor } from '../operation';
import { toItems } from '../output';

export const description = shownFor(
	'fax',
	['send'],
	[
		...faxFields,
		simplify,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [...faxOptions, webhookUrlOption],
		},
	],
);

export async function check(this: IExecuteFunctions, itemIndex: number): Promise<void> {
	await faxRequestOf(this, itemIndex);
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const submission = await submit(this, itemIndex, await faxRequestOf(this, itemIndex));
	return 'fax' in submission
		? toItems(this, itemIndex, [submission.fax], simplifyFax)
		: [{ json: unconfirmedFax(submission.unknown) }];
}
