import { InputError, TelnyxError } from '../../../nodes/shared/errors';
import { maskNumber, withPrivacy, withPrivateNumbers } from '../../../nodes/shared/privacy';

it.each([
	['+13125550002', '+*******0002'],
	['+1234567', '+***4567'],
	['0002', '0002'],
	['', ''],
])('masks %j as %j', (number, masked) => {
	expect(maskNumber(number)).toBe(masked);
});

const json = {
	id: 'a',
	from: '+13125550001',
	to: '+13125550002',
	media_url: 'https://example.com/a',
	payload: { caller_id: '+13125550003', original_media_url: 'https://example.com/b', pages: 2 },
	list: [{ preview_url: 'https://example.com/c', from: null }, 'text', 5, null],
};

it('changes nothing unless asked to', () => {
	expect(withPrivacy(json, {})).toBe(json);
	expect(withPrivacy(json, { maskNumbers: false, omitLinks: false })).toBe(json);
});

it('masks numbers at any depth', () => {
	expect(withPrivacy(json, { maskNumbers: true })).toEqual({
		...json,
		from: '+*******0001',
		to: '+*******0002',
		payload: { ...json.payload, caller_id: '+*******0003' },
	});
});

it('leaves links out at any depth', () => {
	expect(withPrivacy(json, { omitLinks: true })).toEqual({
		id: 'a',
		from: '+13125550001',
		to: '+13125550002',
		payload: { caller_id: '+13125550003', pages: 2 },
		list: [{ from: null }, 'text', 5, null],
	});
});

describe('an error', () => {
	const refusal = new TelnyxError('No route to +13125550002 (code 10002)', {
		outcome: 'refused',
		nextStep: 'Check the number, e.g. +13125550001',
		status: 422,
		body: {
			errors: [
				{ detail: 'to "312 555-0002"', id: 4711, at: ['182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e'] },
			],
			connection_id: '1293384261075731499',
		},
	});

	it('quotes masked numbers, and IDs as they are', () => {
		const error = withPrivateNumbers(refusal, { maskNumbers: true });
		expect(error).toMatchObject({
			message: 'No route to +*******0002 (code 10002)',
			outcome: 'refused',
			nextStep: 'Check the number, e.g. +13125550001',
			status: 422,
			body: {
				errors: [
					{ detail: 'to "*** ***-0002"', id: 4711, at: ['182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e'] },
				],
				connection_id: '1293384261075731499',
			},
		});
		expect(error).toBeInstanceOf(TelnyxError);
	});

	it('of the input is masked too', () => {
		const input = new InputError('"+1312555O002" is no number', 'Choose one: +13125550001', [
			'+1312555O002',
			'+13125550001',
		]);
		expect(withPrivateNumbers(input, { maskNumbers: 'true' })).toMatchObject({
			message: '"+*******O002" is no number',
			nextStep: 'Choose one: +*******0001',
		});
	});

	it('of the input keeps what is no fax number', () => {
		const input = new InputError('https://192.168.100.200/ is private', 'From 1 to 630720000');
		expect(withPrivateNumbers(input, { maskNumbers: true })).toMatchObject({
			message: 'https://192.168.100.200/ is private',
			nextStep: 'From 1 to 630720000',
		});
	});

	it('stays as it is unless asked to', () => {
		expect(withPrivateNumbers(refusal, {})).toBe(refusal);
	});
});
