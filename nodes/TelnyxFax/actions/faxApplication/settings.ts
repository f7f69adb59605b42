import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../shared/errors';
import { isObject, objectAt } from '../../../shared/json';
import { choice, flag, webUrl, wholeNumber } from '../params';

const anchorsites = [
	'Amsterdam, Netherlands',
	'Ashburn, VA',
	'Chicago, IL',
	'Frankfurt, Germany',
	'Latency',
	'London, UK',
	'San Jose, CA',
	'Sydney, Australia',
	'Toronto, Canada',
	'Vancouver, Canada',
];

const receiveFrom = ['from_anyone', 'only_my_connections'];

const channelLimit: INodeProperties = {
	displayName: 'Channel Limit',
	name: 'channelLimit',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 10,
	description: 'How many calls may run at the same time',
};

/** The settings of a fax application that are optional both when creating and when updating it. */
export const settings: INodeProperties[] = [
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether the application sends and receives faxes',
	},
	{
		displayName: 'Anchorsite Override',
		name: 'anchorsiteOverride',
		type: 'options',
		default: 'Latency',
		description: 'The Telnyx site that handles the faxes. Latency picks the nearest one.',
		options: anchorsites.map((name) => ({ name, value: name })),
	},
	{
		displayName: 'Inbound',
		name: 'inbound',
		type: 'collection',
		placeholder: 'Add setting',
		default: {},
		description: 'Settings for receiving',
		options: [
			channelLimit,
			{
				displayName: 'SIP Subdomain',
				name: 'sipSubdomain',
				type: 'string',
				default: '',
				placeholder: 'e.g. clinic',
				description: 'Receives faxes to this subdomain of sip.telnyx.com',
			},
			{
				displayName: 'Receive From',
				name: 'sipSubdomainReceiveSettings',
				type: 'options',
				default: 'from_anyone',
				description: 'From whom the subdomain takes faxes',
				options: [
					{ name: 'From Anyone', value: 'from_anyone' },
					{ name: 'Only My Connections', value: 'only_my_connections' },
				],
			},
		],
	},
	{
		displayName: 'Outbound',
		name: 'outbound',
		type: 'collection',
		placeholder: 'Add setting',
		default: {},
		description: 'Settings for sending',
		options: [
			channelLimit,
			{
				displayName: 'Voice Profile ID',
				name: 'outboundVoiceProfileId',
				type: 'string',
				default: '',
				placeholder: 'e.g. 1293384261075731499',
				description: 'The outbound voice profile, without which Telnyx sends no faxes',
			},
		],
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		default: '',
		placeholder: 'e.g. clinic, intake',
		description: 'Tags of the application, separated by commas',
	},
	{
		displayName: 'Webhook Event Failover URL',
		name: 'webhookEventFailoverUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/fax-events-backup',
		description: 'Where Telnyx sends events when the first URL fails. Empty for none.',
	},
	{
		displayName: 'Webhook Timeout (Seconds)',
		name: 'webhookTimeoutSecs',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 30 },
		default: 30,
		description: 'How long Telnyx waits for an answer to an event before it tries again',
	},
];

function tagsOf(value: unknown): string[] {
	const tags = Array.isArray(value) ? value : String(value ?? '').split(',');
	return tags.map((tag) => String(tag).trim()).filter((tag) => tag !== '');
}

/** Text, or null to clear it on Telnyx. */
function textOrNull(value: unknown): string | null {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' ? null : text;
}

function numberOrNull(
	value: unknown,
	label: string,
	itemIndex: number,
	min: number,
	max?: number,
): number | null {
	return value === null || value === '' ? null : wholeNumber(value, label, itemIndex, min, max);
}

/** A setting that cannot be cleared on Telnyx: to leave it out would look like a success. */
function given<T>(value: T | undefined, label: string, itemIndex: number): T {
	if (value !== undefined) return value;
	throw new InputError(
		`The setting "${label}" of item ${itemIndex} is empty`,
		'Choose a value, check the expression that gives it, or remove the setting',
	);
}

function inboundOf(inbound: IDataObject, itemIndex: number): IDataObject {
	const body: IDataObject = {};
	if ('channelLimit' in inbound) {
		body.channel_limit = numberOrNull(inbound.channelLimit, 'Channel Limit', itemIndex, 0);
	}
	if ('sipSubdomain' in inbound) body.sip_subdomain = textOrNull(inbound.sipSubdomain);
	if ('sipSubdomainReceiveSettings' in inbound) {
		const { sipSubdomainReceiveSettings: from } = inbound;
		body.sip_subdomain_receive_settings = given(
			choice(from, 'Receive From', itemIndex, receiveFrom),
			'Receive From',
			itemIndex,
		);
	}
	return body;
}

function outboundOf(outbound: IDataObject, itemIndex: number): IDataObject {
	const body: IDataObject = {};
	if ('channelLimit' in outbound) {
		body.channel_limit = numberOrNull(outbound.channelLimit, 'Channel Limit', itemIndex, 0);
	}
	if ('outboundVoiceProfileId' in outbound) {
		body.outbound_voice_profile_id = textOrNull(outbound.outboundVoiceProfileId);
	}
	return body;
}

/** What is set in one direction; Telnyx answers null for the rest, but does not take it everywhere. */
function settingsAt(current: IDataObject, direction: string): IDataObject {
	const entries = Object.entries(objectAt(current, direction));
	return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/**
 * Telnyx's body for the settings that the user added, and only those.
 *
 * @param set the collection's values
 * @param current the application as it is, whose other inbound and outbound settings stay
 * @throws InputError naming the setting and the item
 */
export function settingsBody(
	set: IDataObject,
	itemIndex: number,
	current: IDataObject = {},
): IDataObject {
	const body: IDataObject = {};
	if ('active' in set) {
		body.active = given(flag(set.active, 'Active', itemIndex), 'Active', itemIndex);
	}
	if ('anchorsiteOverride' in set) {
		body.anchorsite_override = given(
			choice(set.anchorsiteOverride, 'Anchorsite Override', itemIndex, anchorsites),
			'Anchorsite Override',
			itemIndex,
		);
	}
	if ('tags' in set) body.tags = tagsOf(set.tags);
	if ('faxEmailRecipient' in set) body.fax_email_recipient = textOrNull(set.faxEmailRecipient);
	if ('webhookEventFailoverUrl' in set) {
		const url = textOrNull(set.webhookEventFailoverUrl);
		body.webhook_event_failover_url =
			url === null ? null : webUrl(url, 'Webhook Event Failover URL', itemIndex);
	}
	if ('webhookTimeoutSecs' in set) {
		const secs = set.webhookTimeoutSecs;
		body.webhook_timeout_secs = numberOrNull(secs, 'Webhook Timeout', itemIndex, 0, 30);
	}
	if (isObject(set.inbound)) {
		body.inbound = { ...settingsAt(current, 'inbound'), ...inboundOf(set.inbound, itemIndex) };
	}
	if (isObject(set.outbound)) {
		body.outbound = { ...settingsAt(current, 'outbound'), ...outboundOf(set.outbound, itemIndex) };
	}
	return body;
}
