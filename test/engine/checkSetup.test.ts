import { locator, numbers, useTelnyxFax } from './telnyxFax';

const fixture = useTelnyxFax();

const setup = (more = {}) => ({
	resource: 'faxApplication',
	operation: 'checkSetup',
	faxApplicationId: locator(fixture.applicationId),
	...more,
});

/** What each check found, by its name. */
async function checked(more = {}) {
	const run = await fixture.run(setup(more));
	expect(run.error).toBeUndefined();
	return Object.fromEntries(run.items.map(({ json }) => [String(json.check), json.status]));
}

it('looks at everything that sending and receiving needs', async () => {
	expect(await checked()).toEqual({
		'API key': 'ok',
		'Fax application': 'ok',
		'Outbound voice profile': 'ok',
		'Webhook URL': 'warning',
		'Phone number': 'ok',
		'Address of this n8n': 'ok',
		'Public key': 'ok',
		'Recent faxes': 'ok',
	});
});

it('gives an item for each finding, linked to the input item', async () => {
	const run = await fixture.run(setup());
	expect(run.items[0]).toEqual({
		json: {
			check: 'API key',
			status: 'ok',
			finding: 'Telnyx knows it, and it may read fax applications',
			nextStep: '',
		},
		pairedItem: { item: 0 },
	});
});

it('finds the fault in each part', async () => {
	const { standIn } = fixture;
	const application = standIn.applications.get(fixture.applicationId);
	Object.assign(application ?? {}, {
		active: false,
		webhook_event_url: 'https://n8n.example.com/webhook/x',
		outbound: { channel_limit: null, outbound_voice_profile_id: null },
	});
	standIn.publicKeyAvailable = false;
	standIn.addFax({ status: 'failed', failureReason: 'user_busy' });
	const findings = await checked({ phoneNumber: numbers.free });
	standIn.publicKeyAvailable = true;
	expect(findings).toEqual({
		'API key': 'ok',
		'Fax application': 'problem',
		'Outbound voice profile': 'problem',
		'Webhook URL': 'ok',
		'Phone number': 'problem',
		'Address of this n8n': 'ok',
		'Public key': 'problem',
		'Recent faxes': 'warning',
	});
});

it('looks at one number where one is given', async () => {
	expect(await checked({ phoneNumber: '+1 312-579-0015' })).toMatchObject({ 'Phone number': 'ok' });
	expect(fixture.calls('GET /phone_numbers')[0].query).toMatchObject({
		filter: { phone_number: '13125790015' },
	});
});

it('reports a number that is none, and goes on with the rest', async () => {
	expect(await checked({ phoneNumber: 'nonsense' })).toMatchObject({
		'Phone number': 'problem',
		'Recent faxes': 'ok',
	});
});

it('stops at a key that Telnyx does not know', async () => {
	const run = await fixture.engineWithKey('wrong').runNode({ parameters: setup() });
	expect(run.items.map(({ json }) => [json.check, json.status, json.nextStep])).toEqual([
		['API key', 'problem', 'Check the API key in the credential'],
	]);
});

it('reports an application that does not exist', async () => {
	expect(await checked({ faxApplicationId: locator('17') })).toMatchObject({
		'API key': 'ok',
		'Fax application': 'problem',
		'Phone number': 'problem',
	});
});
