import { maskNumber, withPrivacy } from '../../../nodes/shared/privacy';

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
