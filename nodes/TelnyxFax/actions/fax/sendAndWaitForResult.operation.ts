import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { withPrivacy } from '../../../shared/privacy';
import { dryRun } from '../../sending/dryRun';
import { faxRequestOf } from '../../sending/faxRequest';
import { faxFields, faxOptions } from '../../sending/fields';
import { submit } from '../../sending/submit';
import { unconfirmedFax } from '../../sending/unconfirmed';
import { deleteAfterDeliveryOption } from '../../waiting/deleteDelivered';
import { rememberDeletion } from '../../waiting/deletions';
import { assertTimeLimit, park, resumeUrl } from '../../waiting/park';
import { faxResult } from '../../waiting/result';
import { limitWaitTimeOption } from '../../waiting/timeLimit';
import { countTry } from '../../waiting/tries';
import { inOrder, shownFor } from '../operation';
import { collectionParam, flag } from '../params';

export const description = shownFor(
	'fax',
	['sendAndWaitForResult'],
	[
		...faxFields,
		{
			displayName:
				'The workflow goes on when the result of every fax is known. Until then the events of these faxes come to this node, and not to a Telnyx Fax Trigger.',
			name: 'waitNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: inOrder([...faxOptions, deleteAfterDeliveryOption, limitWaitTimeOption]),
		},
	],
);

export async function check(this: IExecuteFunctions, itemIndex: number) {
	assertTimeLimit(this);
	const options = collectionParam(this, 'options', itemIndex);
	return {
		options,
		deletes: flag(options.deleteAfterDelivery, 'Delete After Delivery', itemIndex) ?? false,
		request: await faxRequestOf(this, itemIndex, resumeUrl(this)),
	};
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	countTry(this);
	const { options, deletes, request } = await check.call(this, itemIndex);
	if (request.dryRun) return [{ json: withPrivacy(await dryRun(this, request), options) }];
	const submission = await submit(this, itemIndex, request);
	if (deletes && 'fax' in submission) rememberDeletion(this, String(submission.fax.id));
	const json =
		'fax' in submission ? faxResult({ fax: submission.fax }) : unconfirmedFax(submission.unknown);
	return [{ json: withPrivacy(json, options) }];
}

export async function finish(
	this: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	return await park(this, items);
}
