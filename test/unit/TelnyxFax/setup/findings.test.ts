import {
	checkActive,
	checkFailures,
	checkNumber,
	checkNumbers,
	checkOwnUrl,
	checkVoiceProfile,
	checkWebhookUrl,
	noApplication,
} from '../../../../nodes/TelnyxFax/setup/findings';

it.each([
	[{ application_name: 'Desk', active: true }, 'ok', '"Desk" is active'],
	[{ application_name: 'Desk', active: false }, 'problem', '"Desk" is not active'],
])('tells of the application %j: %s', (application, status, finding) => {
	expect(checkActive(application)).toMatchObject({ status, finding });
});

describe('the outbound voice profile', () => {
	const application = { outbound: { outbound_voice_profile_id: '7' } };
	const profile = { id: '7', name: 'Default', whitelisted_destinations: ['US', 'CA'] };

	it.each([
		['no profile', {}, [profile], 'problem', 'can receive but not send'],
		['null', { outbound: { outbound_voice_profile_id: null } }, [profile], 'problem', 'none'],
		['an unlisted profile', application, [], 'warning', 'does not list the profile 7'],
		['a disabled one', application, [{ ...profile, enabled: false }], 'problem', 'is disabled'],
		['an enabled one', application, [profile], 'ok', 'Countries that may be faxed: US, CA'],
		['one that hides countries', application, [{ id: '7', name: 'D' }], 'ok', 'not known'],
	])('is judged: %s', (_what, from, profiles, status, words) => {
		const finding = checkVoiceProfile(from, profiles);
		expect(finding.status).toBe(status);
		expect(finding.finding).toContain(words);
		expect(finding.nextStep === '').toBe(status === 'ok');
	});
});

describe('a phone number', () => {
	const number = { phone_number: '+13125790015', status: 'active', connection_id: '1' };

	it.each([
		['that is foreign', [], 'problem', 'does not belong to this Telnyx account'],
		[
			'that only resembles another',
			[{ ...number, phone_number: '+131257900155' }],
			'problem',
			'not belong',
		],
		['that is pending', [{ ...number, status: 'port-pending' }], 'problem', '"port-pending"'],
		['of another application', [{ ...number, connection_id: '2' }], 'problem', 'is not assigned'],
		['of no application', [{ ...number, connection_id: null }], 'problem', 'is not assigned'],
		['that is ready', [number], 'ok', 'is active and assigned'],
	])('%s is judged', (_what, numbers, status, words) => {
		const finding = checkNumber('+13125790015', '1', numbers);
		expect(finding.status).toBe(status);
		expect(finding.finding).toContain(words);
	});

	it('is missed where there is no active one', () => {
		expect(checkNumbers([])).toMatchObject({ status: 'problem' });
		expect(checkNumbers([{ ...number, status: 'deleted' }])).toMatchObject({ status: 'problem' });
	});

	it('is listed with up to four others', () => {
		expect(checkNumbers([number])).toMatchObject({
			status: 'ok',
			finding: 'Assigned to this fax application: +13125790015',
		});
		expect(checkNumbers(Array(6).fill(number)).finding).toMatch(/(\+13125790015, ){5}\.\.\.$/);
	});
});

describe('the webhook URL', () => {
	const ownUrl = 'https://n8n.example.com/webhook-waiting/1';

	it.each([
		['', 'problem', 'no valid webhook URL'],
		['nonsense', 'problem', 'no valid webhook URL'],
		[null, 'problem', 'no valid webhook URL'],
		['http://localhost:5678/webhook/x', 'problem', 'Telnyx cannot reach'],
		['https://192.168.0.5/webhook/x', 'problem', 'Telnyx cannot reach'],
		['https://example.com/events', 'warning', 'is not this n8n'],
		['https://n8n.example.com:8443/webhook/x', 'warning', 'is not this n8n'],
		['https://n8n.example.com/webhook-test/x', 'warning', 'a test URL'],
		['https://n8n.example.com/webhook/x', 'ok', 'Events go to this n8n'],
	])('%j is judged: %s', (url, status, words) => {
		const finding = checkWebhookUrl({ webhook_event_url: url }, ownUrl);
		expect(finding.status).toBe(status);
		expect(finding.finding).toContain(words);
	});

	it('is compared with an address of n8n that may be unreadable', () => {
		const application = { webhook_event_url: 'https://n8n.example.com/webhook/x' };
		expect(checkWebhookUrl(application, 'undefined')).toMatchObject({ status: 'warning' });
	});

	it.each([
		['https://n8n.example.com/webhook-waiting/1', 'ok'],
		['http://localhost:5678/webhook-waiting/1', 'problem'],
		['http://n8n:5678/webhook-waiting/1', 'problem'],
		['undefined', 'problem'],
		['', 'problem'],
	])('of n8n itself, %j, is judged: %s', (url, status) => {
		expect(checkOwnUrl(url)).toMatchObject({ status });
	});
});

describe('recent faxes', () => {
	const failed = (reason: string | null) => ({ status: 'failed', failure_reason: reason });

	it('are fine where none failed', () => {
		expect(checkFailures([])).toMatchObject([{ status: 'ok' }]);
		const faxes = [{ status: 'delivered', failure_reason: 'user_busy' }];
		expect(checkFailures(faxes)).toMatchObject([{ status: 'ok' }]);
	});

	it('are summed up by reason, the most frequent first', () => {
		const faxes = [failed('user_busy'), failed(null), failed('user_busy'), failed('new_reason')];
		expect(checkFailures(faxes).map(({ finding }) => finding)).toEqual([
			'2 of the last 4 failed with user_busy: The line was busy',
			'1 of the last 4 failed for a reason that Telnyx does not name',
			'1 of the last 4 failed with new_reason: Telnyx gave a reason that is not documented',
		]);
	});
});

describe('no chosen fax application', () => {
	it('is a problem where the account has none, and says how to get one', () => {
		expect(noApplication(0)).toMatchObject({ status: 'problem', finding: 'The account has none' });
		expect(noApplication(0).nextStep).toContain('Create');
	});

	it('is a problem where the account has several, and says to choose', () => {
		expect(noApplication(2)).toMatchObject({ status: 'problem' });
		expect(noApplication(2).nextStep).toContain('Choose one');
	});
});
