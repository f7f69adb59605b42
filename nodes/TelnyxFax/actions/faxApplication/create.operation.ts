import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { TelnyxError } from '../../../shared/errors';
import { telnyxData } from '../../../shared/resources';
import { simplify } from '../fields';
import { shownFor } from '../operation';
import { simplifyFaxApplication, toItems } from '../output';
import { collectionParam, requiredText, webUrl } from '../params';
import { settings, settingsBody } from './settings';

export const description = shownFor(
	'faxApplication',
	['create'],
	[
		{
			displayName: 'Application Name',
			name: 'applicationName',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Clinic intake',
			description: 'A name to recognize the application by',
		},
		{
			displayName: 'Webhook Event URL',
			name: 'webhookEventUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/fax-events',
			description:
				'Where Telnyx sends the events of the application. A Telnyx Fax Trigger sets its own URL when its workflow is published.',
		},
		simplify,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: settings,
		},
	],
);

/** An application that may have been created must not be created again on a guess. */
function withCheckFirst(error: unknown): unknown {
	if (!(error instanceof TelnyxError) || error.outcome !== 'unknown') return error;
	const { message, outcome, status, problems, body } = error;
	const nextStep =
		'It may have been created: look for it with Get Many before you create it once more';
	return new TelnyxError(message, { outcome, status, problems, body, nextStep });
}

export async function check(this: IExecuteFunctions, itemIndex: number) {
	const url = requiredText(this, 'webhookEventUrl', 'Webhook Event URL', itemIndex);
	return {
		application_name: requiredText(this, 'applicationName', 'Application Name', itemIndex),
		webhook_event_url: webUrl(url, 'Webhook Event URL', itemIndex),
		...settingsBody(collectionParam(this, 'additionalFields', itemIndex), itemIndex),
	};
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const application = await telnyxData(this, {
		method: 'POST',
		path: '/fax_applications',
		json: await check.call(this, itemIndex),
	}).catch((error: unknown) => {
		throw withCheckFirst(error);
	});
	return toItems(this, itemIndex, [application], simplifyFaxApplication);
}
