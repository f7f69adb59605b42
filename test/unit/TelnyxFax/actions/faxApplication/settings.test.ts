import { settingsBody } from '../../../../../nodes/TelnyxFax/actions/faxApplication/settings';
import { InputError } from '../../../../../nodes/shared/errors';

it('sends nothing where nothing is set', () => {
	expect(settingsBody({}, 0)).toEqual({});
});

it.each([
	[{ active: false }, { active: false }],
	[{ anchorsiteOverride: 'Latency' }, { anchorsite_override: 'Latency' }],
	[{ tags: 'clinic, intake ,,' }, { tags: ['clinic', 'intake'] }],
	[{ tags: ['a', ' b '] }, { tags: ['a', 'b'] }],
	[{ tags: '' }, { tags: [] }],
	[{ tags: null }, { tags: [] }],
	[{ tags: 7 }, { tags: ['7'] }],
	[{ faxEmailRecipient: 'a@example.com' }, { fax_email_recipient: 'a@example.com' }],
	[{ faxEmailRecipient: '' }, { fax_email_recipient: null }],
	[
		{ webhookEventFailoverUrl: 'https://example.com/b' },
		{ webhook_event_failover_url: 'https://example.com/b' },
	],
	[{ webhookEventFailoverUrl: ' ' }, { webhook_event_failover_url: null }],
	[{ webhookTimeoutSecs: 0 }, { webhook_timeout_secs: 0 }],
	[{ webhookTimeoutSecs: '30' }, { webhook_timeout_secs: 30 }],
	[{ webhookTimeoutSecs: null }, { webhook_timeout_secs: null }],
	[{ webhookTimeoutSecs: '' }, { webhook_timeout_secs: null }],
	[{ inbound: {} }, { inbound: {} }],
	[{ inbound: { channelLimit: 10 } }, { inbound: { channel_limit: 10 } }],
	[{ inbound: { channelLimit: null } }, { inbound: { channel_limit: null } }],
	[{ inbound: { sipSubdomain: 'clinic' } }, { inbound: { sip_subdomain: 'clinic' } }],
	[{ inbound: { sipSubdomain: '' } }, { inbound: { sip_subdomain: null } }],
	[
		{ inbound: { sipSubdomainReceiveSettings: 'only_my_connections' } },
		{ inbound: { sip_subdomain_receive_settings: 'only_my_connections' } },
	],
	[{ outbound: { channelLimit: 0 } }, { outbound: { channel_limit: 0 } }],
	[
		{ outbound: { outboundVoiceProfileId: '1293384261075731499' } },
		{ outbound: { outbound_voice_profile_id: '1293384261075731499' } },
	],
	[{ inbound: 'nonsense', outbound: ['x'] }, {}],
	[{ constructor: 'x', toString: 'y', unknown: 1 }, {}],
])('turns %j into %j', (set, body) => {
	expect(settingsBody(set, 0)).toEqual(body);
});

it('keeps the other settings of both directions', () => {
	const current = {
		inbound: { channel_limit: 10, sip_subdomain: 'clinic' },
		outbound: { channel_limit: 5, outbound_voice_profile_id: '9' },
	};
	const set = { inbound: { channelLimit: 3 }, outbound: { outboundVoiceProfileId: '' } };
	expect(settingsBody(set, 0, current)).toEqual({
		inbound: { channel_limit: 3, sip_subdomain: 'clinic' },
		outbound: { channel_limit: 5, outbound_voice_profile_id: null },
	});
});

it('does not send back the nulls of settings that are not set', () => {
	const current = {
		inbound: { channel_limit: null, sip_subdomain: 'clinic' },
		outbound: { channel_limit: 5, outbound_voice_profile_id: null },
	};
	const set = { inbound: { channelLimit: 3 }, outbound: { channelLimit: 4 } };
	expect(settingsBody(set, 0, current)).toEqual({
		inbound: { channel_limit: 3, sip_subdomain: 'clinic' },
		outbound: { channel_limit: 4 },
	});
});

it.each([
	[{ webhookTimeoutSecs: 31 }, 'Webhook Timeout'],
	[{ webhookTimeoutSecs: -1 }, 'Webhook Timeout'],
	[{ webhookTimeoutSecs: 2.5 }, 'Webhook Timeout'],
	[{ webhookTimeoutSecs: 'long' }, 'Webhook Timeout'],
	[{ inbound: { channelLimit: -1 } }, 'Channel Limit'],
	[{ outbound: { channelLimit: 'many' } }, 'Channel Limit'],
	[{ webhookEventFailoverUrl: 'example.com' }, 'Webhook Event Failover URL'],
])('refuses %j and names the field and the item', (set, label) => {
	const refusal = () => settingsBody(set, 5);
	expect(refusal).toThrow(InputError);
	expect(refusal).toThrow(`"${label}" of item 5`);
});
