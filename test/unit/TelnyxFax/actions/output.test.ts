import {
	simplifyFaxApplication,
	simplifyPhoneNumber,
} from '../../../../nodes/TelnyxFax/actions/output';

it('shows a fax application in ten fields', () => {
	const application = {
		id: '1293384261075731499',
		record_type: 'fax_application',
		application_name: 'fax-router',
		active: false,
		anchorsite_override: 'Amsterdam, Netherlands',
		webhook_event_url: 'https://example.com',
		webhook_event_failover_url: 'https://failover.example.com',
		webhook_timeout_secs: 25,
		inbound: { channel_limit: 10 },
		outbound: { channel_limit: 10, outbound_voice_profile_id: '1293384261075731498' },
		tags: ['a'],
		created_at: '2018-02-02T22:25:27.521Z',
		updated_at: '2018-02-02T22:25:27.521Z',
	};
	expect(simplifyFaxApplication(application)).toEqual({
		id: '1293384261075731499',
		applicationName: 'fax-router',
		active: false,
		webhookEventUrl: 'https://example.com',
		webhookEventFailoverUrl: 'https://failover.example.com',
		webhookTimeoutSecs: 25,
		outboundVoiceProfileId: '1293384261075731498',
		anchorsiteOverride: 'Amsterdam, Netherlands',
		tags: ['a'],
		createdAt: '2018-02-02T22:25:27.521Z',
	});
});

it('shows what a fax application does not have as null', () => {
	expect(simplifyFaxApplication({ id: '1', outbound: null })).toMatchObject({
		id: '1',
		webhookEventFailoverUrl: null,
		webhookTimeoutSecs: null,
		outboundVoiceProfileId: null,
		tags: [],
	});
});

it('shows a phone number in the fields that matter for fax', () => {
	const number = {
		id: '1293384261075731500',
		phone_number: '+13125790015',
		status: 'active',
		connection_id: '1293384261075731499',
		connection_name: 'fax-router',
		phone_number_type: 'local',
		country_iso_alpha2: 'US',
		t38_fax_gateway_enabled: true,
		tags: ['a'],
		created_at: '2018-02-02T22:25:27.521Z',
		hd_voice_enabled: true,
	};
	expect(simplifyPhoneNumber(number)).toEqual({
		id: '1293384261075731500',
		phoneNumber: '+13125790015',
		status: 'active',
		faxApplicationId: '1293384261075731499',
		faxApplicationName: 'fax-router',
		phoneNumberType: 'local',
		countryIsoAlpha2: 'US',
		t38FaxGatewayEnabled: true,
		tags: ['a'],
		createdAt: '2018-02-02T22:25:27.521Z',
	});
});

it('shows a free phone number without an application', () => {
	expect(simplifyPhoneNumber({ id: '1', phone_number: '+1', status: 'active' })).toEqual({
		id: '1',
		phoneNumber: '+1',
		status: 'active',
		faxApplicationId: null,
		faxApplicationName: null,
		phoneNumberType: null,
		countryIsoAlpha2: null,
		t38FaxGatewayEnabled: null,
		tags: [],
		createdAt: null,
	});
});
