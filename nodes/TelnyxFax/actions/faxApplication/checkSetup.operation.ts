import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fetchSigningKeys } from '../../../shared/webhook/signingKeys';
import { InputError, messageOf, TelnyxError } from '../../../shared/errors';
import { telnyxList } from '../../../shared/pagination';
import { toE164 } from '../../../shared/phoneNumber';
import { getFaxApplication } from '../../../shared/resources';
import type { Finding } from '../../setup/findings';
import {
	checkActive,
	checkFailures,
	checkNumber,
	checkNumbers,
	checkOwnUrl,
	checkVoiceProfile,
	checkWebhookUrl,
	noApplication,
	ok,
	problem,
} from '../../setup/findings';
import { faxApplicationId } from '../fields';
import { shownFor } from '../operation';
import { locatorParam, textParam } from '../params';

const recentFaxes = 50;

export const description = shownFor(
	'faxApplication',
	['checkSetup'],
	[
		{
			...faxApplicationId,
			required: false,
			description:
				'The fax application to look at. Leave empty if the account has only one, or none yet.',
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +13125550001',
			description:
				'The number that should work. Leave empty to look at all numbers of the fax application.',
		},
	],
);

/** The findings of a step; a step that Telnyx does not let through is a finding too. */
async function found(check: string, step: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
	const outcome = await step().catch((error: unknown) => {
		if (error instanceof TelnyxError || error instanceof InputError) {
			return problem(check, error.message, error.nextStep);
		}
		return problem(check, messageOf(error), 'Check the credential of this node');
	});
	return Array.isArray(outcome) ? outcome : [outcome];
}

async function numberFinding(
	context: IExecuteFunctions,
	application: string,
	itemIndex: number,
): Promise<Finding> {
	const given = textParam(context, 'phoneNumber', itemIndex);
	if (given === '') {
		const query = { 'filter[connection_id]': application };
		return checkNumbers(await telnyxList(context, '/phone_numbers', query, 50));
	}
	const number = toE164(given, 'Phone Number', itemIndex);
	// Telnyx finds nothing when this filter has anything but digits.
	const query = { 'filter[phone_number]': number.slice(1) };
	return checkNumber(number, application, await telnyxList(context, '/phone_numbers', query, 50));
}

async function failures(context: IExecuteFunctions, application: string): Promise<Finding[]> {
	const faxes = await telnyxList(context, '/faxes', {}, recentFaxes);
	return checkFailures(faxes.filter((fax: IDataObject) => fax.connection_id === application));
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const ownUrl = String(this.evaluateExpression('{{ $execution.resumeUrl }}', itemIndex));
	const chosen = locatorParam(this, 'faxApplicationId', itemIndex);
	let id = chosen;
	const findings: Finding[] = await found('API key', async () => {
		const applications = await telnyxList(this, '/fax_applications', {}, 2);
		if (chosen === '' && applications.length === 1) id = String(applications[0].id);
		const key = ok('API key', 'Telnyx knows it, and it may read fax applications');
		return id === '' ? [key, noApplication(applications.length)] : [key];
	});
	if (id !== '' && findings[0].status === 'ok') {
		const rest = await Promise.all([
			found('Fax application', async () => {
				const application = await getFaxApplication(this, id);
				const profiles = await found('Outbound voice profile', async () => {
					const rows = await telnyxList(this, '/outbound_voice_profiles', {}, 250);
					return checkVoiceProfile(application, rows);
				});
				return [checkActive(application), ...profiles, checkWebhookUrl(application, ownUrl)];
			}),
			found('Phone number', async () => await numberFinding(this, id, itemIndex)),
			found('Address of this n8n', async () => checkOwnUrl(ownUrl)),
			found('Public key', async () => {
				await fetchSigningKeys(this);
				return ok('Public key', 'The key that signs webhooks is known');
			}),
			found('Recent faxes', async () => await failures(this, id)),
		]);
		findings.push(...rest.flat());
	}
	return findings.map((finding) => ({ json: { ...finding } }));
}
