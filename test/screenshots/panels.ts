import type { INodeParameters } from 'n8n-workflow';

import { TelnyxFax } from '../../nodes/TelnyxFax/TelnyxFax.node.js';
import { offeredOperations } from '../package/operations';

const documentUrl = 'https://example.com/referral.pdf';

const byId = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

/** What was chosen for the operations that work on one thing. */
const chosenThings: INodeParameters = {
	faxId: byId('182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e'),
	phoneNumberId: byId('1293384261075731499'),
};

/** What stands in the panel of an operation beyond the choices from lists; else its defaults. */
const examples: Record<string, INodeParameters> = {
	'fax-send': { to: '+13125550123', options: { quality: 'very_high', storeMedia: true } },
	'fax-sendAndWaitForResult': {
		to: '+13125550123',
		documentSource: 'url',
		mediaUrl: documentUrl,
		options: {
			limitWaitTime: {
				values: { limitType: 'afterTimeInterval', resumeAmount: 2, resumeUnit: 'hours' },
			},
		},
	},
	'fax-getAll': { filters: { direction: 'inbound' }, options: { maskNumbers: true } },
	'faxApplication-create': {
		applicationName: 'Clinic intake',
		webhookEventUrl: 'https://example.com/fax-events',
		additionalFields: {
			inbound: { channelLimit: 10, sipSubdomain: 'clinic' },
			outbound: { outboundVoiceProfileId: '1293384261075731499' },
			tags: 'clinic, intake',
		},
	},
	'faxApplication-update': { updateFields: { active: false, webhookTimeoutSecs: 30 } },
	'phoneNumber-getAll': { filters: { status: 'active' } },
};

/** The parameters for a picture of each operation's panel, by `<resource>-<operation>`. */
export function panels(choices: INodeParameters): Record<string, INodeParameters> {
	return Object.fromEntries(
		offeredOperations(new TelnyxFax().description.properties).map(({ resource, operation }) => {
			const name = `${resource.value}-${operation.value}`;
			return [
				name,
				{
					resource: resource.value,
					operation: operation.value,
					...chosenThings,
					...choices,
					...examples[name],
				},
			];
		}),
	);
}
