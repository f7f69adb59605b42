import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { simplifyFax } from '../../../shared/fax';
import { withPrivacy } from '../../../shared/privacy';
import { dryRun } from '../../sending/dryRun';
import { faxRequestOf } from '../../sending/faxRequest';
import { faxFields, faxOptions, webhookUrlOption } from '../../sending/fields';
import { submit } from '../../sending/submit';
import { unconfirmedFax } from '../../sending/unconfirmed';
import { simplify } from '../fields';
import { inOrder, shownFor } from '../operation';
import { toItems } from '../output';
import { collectionParam } from '../params';

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
			options: inOrder([...faxOptions, webhookUrlOption]),
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
	const options = collectionParam(this, 'options', itemIndex);
	const request = await faxRequestOf(this, itemIndex);
	if (request.dryRun) return [{ json: withPrivacy(await dryRun(this, request), options) }];
	const submission = await submit(this, itemIndex, request);
	return 'fax' in submission
		? toItems(this, itemIndex, [submission.fax], simplifyFax)
		: [{ json: withPrivacy(unconfirmedFax(submission.unknown), options) }];
}
