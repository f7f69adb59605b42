import { itemsOf, locator, nameOf, numbers, useTelnyxFax } from './telnyxFax';

const fixture = useTelnyxFax();

const names = () => fixture.calls().map(nameOf);
const numberNamed = (phoneNumber: string) =>
	[...fixture.standIn.phoneNumbers.values()].find((one) => one.phone_number === phoneNumber);

describe('Get Many', () => {
	it('shows the numbers of the account with their applications', async () => {
		const run = await fixture.run({ resource: 'phoneNumber', operation: 'getAll' });
		expect(run.items.map(({ json, pairedItem }) => [json.phoneNumber, pairedItem])).toEqual(
			expect.arrayContaining(
				[numbers.ours, numbers.ours2, numbers.free].map((one) => [one, { item: 0 }]),
			),
		);
		const ours = run.items.find(({ json }) => json.phoneNumber === numbers.ours);
		expect(ours?.json).toEqual({
			id: numberNamed(numbers.ours)?.id,
			phoneNumber: numbers.ours,
			status: 'active',
			faxApplicationId: fixture.applicationId,
			faxApplicationName: 'Front desk',
			phoneNumberType: 'local',
			countryIsoAlpha2: 'US',
			t38FaxGatewayEnabled: true,
			tags: [],
			createdAt: expect.any(String),
		});
	});

	it('gives everything without Simplify', async () => {
		const run = await fixture.run({
			resource: 'phoneNumber',
			operation: 'getAll',
			simplify: false,
			filters: { phoneNumber: numbers.ours },
		});
		expect(run.items.map(({ json }) => json)).toEqual([numberNamed(numbers.ours)]);
	});

	it('sends filters as Telnyx names them', async () => {
		await fixture.run({
			resource: 'phoneNumber',
			operation: 'getAll',
			filters: {
				countryIsoAlpha2: 'us',
				customerReference: 'lakeside',
				faxApplicationId: locator(fixture.applicationId),
				phoneNumber: '+1 (312)',
				numberType: 'toll_free',
				status: 'port-pending',
				tag: 'intake',
			},
		});
		expect(fixture.calls()[0].query).toEqual({
			filter: {
				country_iso_alpha2: 'US',
				customer_reference: 'lakeside',
				connection_id: fixture.applicationId,
				phone_number: '1312',
				number_type: { eq: 'toll_free' },
				status: 'port-pending',
				tag: 'intake',
			},
			page: { number: '1', size: '50' },
		});
	});

	it('refuses a part of a number too short for Telnyx before asking', async () => {
		const run = await fixture.run({
			resource: 'phoneNumber',
			operation: 'getAll',
			filters: { phoneNumber: '+1-2' },
		});
		expect(run.error?.message).toBe(
			'The filter "Phone Number" of item 0 is "+1-2", and Telnyx needs at least 3 digits',
		);
		expect(fixture.calls()).toEqual([]);
	});

	it.each([
		['numberType', 'Phone Number Type', 'geographic'],
		['status', 'Status', 'sleeping'],
	])('refuses a filter %s that Telnyx does not know before asking', async (name, label, value) => {
		const run = await fixture.run({
			resource: 'phoneNumber',
			operation: 'getAll',
			filters: { [name]: `={{ "${value}" }}` },
		});
		expect(run.error?.message).toBe(
			`The parameter "${label}" of item 0 is "${value}", which does not exist`,
		);
		expect(fixture.calls()).toEqual([]);
	});

	it('gives all of more than one page', async () => {
		for (let number = 4; number <= 260; number++) fixture.standIn.addPhoneNumber();
		const run = await fixture.run({
			resource: 'phoneNumber',
			operation: 'getAll',
			returnAll: true,
		});
		expect(new Set(run.items.map(({ json }) => json.id)).size).toBe(260);
	});
});

describe('Assign to Fax Application', () => {
	it('lets the application use the number', async () => {
		const id = numberNamed(numbers.free)?.id ?? '';
		const run = await fixture.run({
			resource: 'phoneNumber',
			operation: 'assign',
			phoneNumberId: locator(id),
			faxApplicationId: locator(fixture.applicationId),
		});
		expect(names()).toEqual([`PATCH /phone_numbers/${id}`]);
		expect(fixture.calls()[0].json).toEqual({ connection_id: fixture.applicationId });
		expect(run.items).toMatchObject([
			{
				json: { id, phoneNumber: numbers.free, faxApplicationId: fixture.applicationId },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives the whole number without Simplify', async () => {
		const id = numberNamed(numbers.free)?.id ?? '';
		const run = await fixture.run({
			resource: 'phoneNumber',
			operation: 'assign',
			phoneNumberId: locator(id, 'list'),
			faxApplicationId: locator(fixture.applicationId, 'list'),
			simplify: false,
		});
		expect(run.items[0].json).toEqual(numberNamed(numbers.free));
	});

	it('to an application that does not exist fails', async () => {
		const id = numberNamed(numbers.free)?.id ?? '';
		const run = await fixture.run({
			resource: 'phoneNumber',
			operation: 'assign',
			phoneNumberId: locator(id),
			faxApplicationId: locator('17'),
		});
		expect(run.error?.message).toContain('The connection does not exist');
	});

	it('asks for nothing where a choice is missing', async () => {
		const run = await fixture.run(
			{
				resource: 'phoneNumber',
				operation: 'assign',
				phoneNumberId: locator('={{ $json.number }}'),
				faxApplicationId: locator('={{ $json.application }}'),
			},
			{
				items: itemsOf({ number: '1' }, { application: '2' }),
				settings: { onError: 'continueRegularOutput' },
			},
		);
		expect(run.items.map(({ json }) => json.error)).toEqual([
			'No Fax Application is chosen for item 0',
			'No Phone Number is chosen for item 1',
		]);
		expect(fixture.calls()).toEqual([]);
	});
});
