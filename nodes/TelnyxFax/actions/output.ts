import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { stringAt } from '../../shared/json';
import { withPrivacy } from '../../shared/privacy';
import { collectionParam, flag } from './params';

/**
 * How the user wants the items of the output.
 *
 * @throws InputError naming the parameter and the item
 */
export function outputSettings(
	context: IExecuteFunctions,
	itemIndex: number,
): { simplified: boolean; options: IDataObject } {
	const simplify = context.getNodeParameter('simplify', itemIndex, true);
	return {
		simplified: flag(simplify, 'Simplify', itemIndex) ?? true,
		options: collectionParam(context, 'options', itemIndex),
	};
}

/** Telnyx's rows as output items: as they came, or through `simplifier` where the user wants that. */
export function toItems(
	context: IExecuteFunctions,
	itemIndex: number,
	rows: IDataObject[],
	simplifier: (row: IDataObject) => IDataObject,
): INodeExecutionData[] {
	const { simplified, options } = outputSettings(context, itemIndex);
	return rows.map((row) => ({ json: withPrivacy(simplified ? simplifier(row) : row, options) }));
}

/** A fax application in the ten fields that matter most. */
export function simplifyFaxApplication(application: IDataObject): IDataObject {
	const { outbound } = application;
	return {
		id: application.id,
		applicationName: application.application_name,
		active: application.active,
		webhookEventUrl: application.webhook_event_url,
		webhookEventFailoverUrl: application.webhook_event_failover_url ?? null,
		webhookTimeoutSecs: application.webhook_timeout_secs ?? null,
		outboundVoiceProfileId: stringAt(outbound, 'outbound_voice_profile_id') ?? null,
		anchorsiteOverride: application.anchorsite_override,
		tags: application.tags ?? [],
		createdAt: application.created_at,
	};
}

/** A phone number in the fields that matter for fax. */
export function simplifyPhoneNumber(number: IDataObject): IDataObject {
	return {
		id: number.id,
		phoneNumber: number.phone_number,
		status: number.status,
		faxApplicationId: number.connection_id ?? null,
		faxApplicationName: number.connection_name ?? null,
		phoneNumberType: number.phone_number_type ?? null,
		countryIsoAlpha2: number.country_iso_alpha2 ?? null,
		t38FaxGatewayEnabled: number.t38_fax_gateway_enabled ?? null,
		tags: number.tags ?? [],
		createdAt: number.created_at ?? null,
	};
}
