import type { INodeParameters } from 'n8n-workflow';

import { itemsOf, locator, nameOf, numbers, useTelnyxFax } from './telnyxFax';

const fixture = useTelnyxFax();

const names = () => fixture.calls().map(nameOf);

const onApplication = (operation: string, more: INodeParameters = {}) => ({
	resource: 'faxApplication',
	operation,
	faxApplicationId: locator(fixture.applicationId),
	...more,
});

const create = (more: INodeParameters = {}) => ({
	resource: 'faxApplication',
	operation: 'create',
	applicationName: 'Clinic intake',
	webhookEventUrl: 'https://example.com/events',
	...more,
});

describe('Create', () => {
	it('sends name and URL, and nothing that the user did not set', async () => {
		const run = await fixture.run(create());
		expect(names()).toEqual(['POST /fax_applications']);
		expect(fixture.calls()[0].json).toEqual({
			application_name: 'Clinic intake',
			webhook_event_url: 'https://example.com/events',
		});
		expect(run.items).toEqual([
			{
				json: {
					id: expect.stringMatching(/^\d{19}$/),
					applicationName: 'Clinic intake',
					active: true,
					webhookEventUrl: 'https://example.com/events',
					webhookEventFailoverUrl: '',
					webhookTimeoutSecs: null,
					outboundVoiceProfileId: null,
					anchorsiteOverride: 'Latency',
					tags: [],
					createdAt: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('takes a channel limit as text of an expression', async () => {
		await fixture.run(create({ additionalFields: { inbound: { channelLimit: '={{ "5" }}' } } }));
		expect(fixture.calls()[0].json).toMatchObject({ inbound: { channel_limit: 5 } });
	});

	it.each([
		['Active', { active: '={{ "maybe" }}' }],
		['Anchorsite Override', { anchorsiteOverride: '={{ "Atlantis" }}' }],
		['Receive From', { inbound: { sipSubdomainReceiveSettings: '={{ "friends" }}' } }],
	])('refuses %s that is no choice before asking', async (label, additionalFields) => {
		const run = await fixture.run(create({ additionalFields }));
		expect(run.error?.message).toContain(`The parameter "${label}" of item 0 is`);
		expect(fixture.calls()).toEqual([]);
	});

	it('creates none where one of several items cannot be meant', async () => {
		const run = await fixture.run(create({ applicationName: '={{ $json.name }}' }), {
			items: itemsOf({ name: 'One' }, { name: '' }, { name: 'Three' }),
		});
		expect(run.error?.message).toBe('The parameter "Application Name" of item 1 is empty');
		expect(fixture.calls()).toEqual([]);
	});

	it('reports a profile that does not exist', async () => {
		const run = await fixture.run(
			create({ additionalFields: { outbound: { outboundVoiceProfileId: '17' } } }),
		);
		expect(run.error?.message).toContain('The outbound voice profile does not exist');
	});
});

describe('Get', () => {
	it.each(['id', 'list'])('takes the application by %s', async (mode) => {
		const { applicationId } = fixture;
		const run = await fixture.run(
			onApplication('get', { faxApplicationId: locator(applicationId, mode) }),
		);
		expect(names()).toEqual([`GET /fax_applications/${applicationId}`]);
		expect(run.items).toMatchObject([
			{ json: { id: applicationId, applicationName: 'Front desk' }, pairedItem: { item: 0 } },
		]);
	});

	it('gives everything without Simplify', async () => {
		const run = await fixture.run(onApplication('get', { simplify: false }));
		expect(run.items[0].json).toEqual(fixture.standIn.applications.get(fixture.applicationId));
	});
});

describe('Get Many', () => {
	it('gives the newest 50 by default', async () => {
		for (let number = 1; number <= 60; number++) fixture.standIn.addApplication();
		const run = await fixture.run({ resource: 'faxApplication', operation: 'getAll' });
		expect(run.items).toHaveLength(50);
		expect(fixture.calls()).toMatchObject([{ query: { page: { number: '1', size: '50' } } }]);
		expect(fixture.calls()[0].query.sort).toBeUndefined();
	});

	it('gives all 300', async () => {
		for (let number = 2; number <= 300; number++) fixture.standIn.addApplication();
		const run = await fixture.run({
			resource: 'faxApplication',
			operation: 'getAll',
			returnAll: true,
		});
		expect(new Set(run.items.map(({ json }) => json.id)).size).toBe(300);
	});

	it('sends filters and order as Telnyx names them', async () => {
		await fixture.run({
			resource: 'faxApplication',
			operation: 'getAll',
			sort: '-application_name',
			filters: { applicationName: ' desk ', outboundVoiceProfileId: '1293384261075731499' },
		});
		expect(fixture.calls()[0].query).toEqual({
			filter: {
				application_name: { contains: 'desk' },
				outbound_voice_profile_id: '1293384261075731499',
			},
			sort: '-application_name',
			page: { number: '1', size: '50' },
		});
	});

	it('refuses an order that Telnyx does not know before asking', async () => {
		const run = await fixture.run({
			resource: 'faxApplication',
			operation: 'getAll',
			sort: '={{ "color" }}',
		});
		expect(run.error).toMatchObject({
			message: 'The parameter "Sort" of item 0 is "color", which does not exist',
			description: expect.stringMatching(/-created_at, created_at$/),
		});
		expect(fixture.calls()).toEqual([]);
	});

	it('refuses a name too short for Telnyx before asking', async () => {
		const run = await fixture.run({
			resource: 'faxApplication',
			operation: 'getAll',
			filters: { applicationName: 'ab' },
		});
		expect(run.error?.message).toBe(
			'The filter "Application Name" of item 0 is "ab", and Telnyx needs at least 3 characters',
		);
		expect(fixture.calls()).toEqual([]);
	});
});

describe('Update', () => {
	it('changes what was set and leaves the rest as it is', async () => {
		const { applicationId } = fixture;
		const before = structuredClone(fixture.standIn.applications.get(applicationId));
		const run = await fixture.run(
			onApplication('update', { simplify: false, updateFields: { webhookTimeoutSecs: 5 } }),
		);
		expect(names()).toEqual([
			`GET /fax_applications/${applicationId}`,
			`PATCH /fax_applications/${applicationId}`,
		]);
		expect(fixture.calls()[1].json).toEqual({
			application_name: 'Front desk',
			webhook_event_url: 'https://example.com/unused',
			webhook_timeout_secs: 5,
		});
		expect(run.items[0].json).toEqual({
			...before,
			webhook_timeout_secs: 5,
			updated_at: expect.any(String),
		});
	});

	it('keeps the other settings of one direction', async () => {
		const { applicationId, standIn } = fixture;
		const profileId = standIn.applications.get(applicationId)?.outbound.outbound_voice_profile_id;
		await fixture.run(onApplication('update', { updateFields: { outbound: { channelLimit: 3 } } }));
		expect(fixture.calls()[1].json).toMatchObject({
			outbound: { channel_limit: 3, outbound_voice_profile_id: profileId },
		});
		expect(standIn.applications.get(applicationId)?.outbound).toEqual({
			channel_limit: 3,
			outbound_voice_profile_id: profileId,
		});
	});

	it('can clear what may be empty', async () => {
		fixture.standIn.addApplication();
		const run = await fixture.run(
			onApplication('update', {
				simplify: false,
				updateFields: {
					webhookEventFailoverUrl: '',
					webhookTimeoutSecs: '={{ null }}',
					faxEmailRecipient: '',
					tags: '',
					inbound: { sipSubdomain: '', channelLimit: '={{ "" }}' },
				},
			}),
		);
		expect(run.error).toBeUndefined();
		expect(fixture.calls()[1].json).toMatchObject({
			webhook_event_failover_url: null,
			webhook_timeout_secs: null,
			fax_email_recipient: null,
			tags: [],
			inbound: { sip_subdomain: null, channel_limit: null },
		});
	});

	it.each([
		['Active', { active: '={{ null }}' }],
		['Anchorsite Override', { anchorsiteOverride: '={{ "" }}' }],
		['Receive From', { inbound: { sipSubdomainReceiveSettings: '={{ null }}' } }],
	])('refuses %s without a value, which would change nothing', async (label, updateFields) => {
		const run = await fixture.run(onApplication('update', { updateFields }));
		expect(run.error?.message).toBe(`The setting "${label}" of item 0 is empty`);
		expect(fixture.calls()).toEqual([]);
	});

	it('shows the new name where numbers mention it', async () => {
		await fixture.run(onApplication('update', { updateFields: { applicationName: 'Intake' } }));
		const run = await fixture.run({ resource: 'phoneNumber', operation: 'getAll' });
		expect(run.items.map(({ json }) => json.faxApplicationName)).toContain('Intake');
	});

	it.each([
		['nothing at all', {}, 'Nothing to update in item 0'],
		['an empty name', { applicationName: ' ' }, 'The field "Application Name" of item 0 is empty'],
		['an empty URL', { webhookEventUrl: '' }, '"Webhook Event URL" of item 0 is not a web address'],
		['a time-out too long', { webhookTimeoutSecs: 31 }, '"Webhook Timeout" of item 0'],
		[
			'a bad failover URL',
			{ webhookEventFailoverUrl: 'x' },
			'"Webhook Event Failover URL" of item 0',
		],
		['a bad limit', { inbound: { channelLimit: -1 } }, '"Channel Limit" of item 0'],
	])('with %s is refused before any request', async (_what, updateFields, message) => {
		const run = await fixture.run(onApplication('update', { updateFields }));
		expect(run.error?.message).toContain(message);
		expect(fixture.calls()).toEqual([]);
	});

	it('of an application that does not exist changes nothing', async () => {
		const run = await fixture.run(
			onApplication('update', {
				faxApplicationId: locator('17'),
				updateFields: { active: false },
			}),
		);
		expect(run.error).toMatchObject({ httpCode: '404' });
		expect(names()).toEqual(['GET /fax_applications/17']);
	});
});

describe('Delete', () => {
	it('deletes an application that no number uses', async () => {
		const { id } = fixture.standIn.addApplication();
		const run = await fixture.run(onApplication('delete', { faxApplicationId: locator(id) }));
		expect(names()).toEqual([`DELETE /fax_applications/${id}`]);
		expect(run.items).toEqual([{ json: { deleted: true, id }, pairedItem: { item: 0 } }]);
		expect(fixture.standIn.applications.has(id)).toBe(false);
	});

	it('says what to do first where numbers use it', async () => {
		const run = await fixture.run(onApplication('delete'));
		expect(run.error).toMatchObject({
			message: 'Resource in use: The fax application is in use by phone numbers. (code 10021)',
			description: 'First assign its phone numbers to another application',
			httpCode: '422',
		});
	});
});

it('keeps ids of 19 digits as they are', async () => {
	const id = '1293384261075731499';
	fixture.standIn.addApplication({ id });
	const run = await fixture.run(onApplication('get', { faxApplicationId: locator(id) }));
	expect(run.items).toMatchObject([{ json: { id } }]);
	fixture.standIn.addPhoneNumber({ phone_number: numbers.recipient, connection_id: id });
	await fixture.run({
		resource: 'phoneNumber',
		operation: 'getAll',
		filters: { faxApplicationId: locator(id) },
	});
	expect(fixture.calls('GET /phone_numbers')[0].query).toMatchObject({
		filter: { connection_id: id },
	});
});
