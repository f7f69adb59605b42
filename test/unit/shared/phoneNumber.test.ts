import { InputError } from '../../../nodes/shared/errors';
import { toE164, toE164OrSipUri } from '../../../nodes/shared/phoneNumber';

describe('a phone number', () => {
	it.each([
		['+13125550001', '+13125550001'],
		['  +1 (312) 555-0001  ', '+13125550001'],
		['+1.312.555.0001', '+13125550001'],
		['+1[312]{555}0001', '+13125550001'],
		['0049 30 123456', '+4930123456'],
		['00 1 312 555 0001', '+13125550001'],
		['+44\u00a020\u202f7946\u20090018', '+442079460018'],
		['+1\u2011312\u2013555\u20140001', '+13125550001'],
		['+1\u2212312\u2212555\u22120001', '+13125550001'],
		['\u202a+13125550001\u202c', '+13125550001'],
		['\ufeff+13125550001\u200b', '+13125550001'],
		['+1\t312\n5550001', '+13125550001'],
		['+1234567', '+1234567'],
		['+123456789012345', '+123456789012345'],
	])('is cleaned: %j becomes %s', (given, expected) => {
		expect(toE164(given, 'To', 0)).toBe(expected);
	});

	it.each([
		'3125550001',
		'13125550001',
		13125550001,
		'+0123456789',
		'+123456',
		'+1234567890123456',
		'+1312555000x',
		'++13125550001',
		'+1312+5550001',
		'000013125550001',
		'+1 312 555 0001 ext 5',
		'+1/312/5550001',
		'tel:+13125550001',
		'anonymous',
		'+',
		'٣١٢٥٥٥٠٠٠١',
		'+1312555٠٠٠١',
		'+13125550001,+13125550002',
	])('is refused when it is %j, and the refusal names parameter and item', (given) => {
		const refusal = () => toE164(given, 'From', 3);
		expect(refusal).toThrow(InputError);
		expect(refusal).toThrow(
			`The parameter "From" of item 3 is "${String(given)}", which is not a phone number in E.164 format`,
		);
	});

	it.each([
		'+44 (0)20 7946 0018',
		'+44(0)2079460018',
		'+44 ( 0 ) 20 7946 0018',
		'+44 [0] 20 7946 0018',
	])(
		'with a trunk prefix in brackets, %j, is refused instead of being dialled wrongly',
		(given) => {
			expect(() => toE164(given, 'To', 0)).toThrow('"(0)" is not dialled from abroad');
		},
	);

	it.each(['', '   ', null, undefined, true, {}, [], ['+13125550001'], { value: '+13125550001' }])(
		'that is %j counts as empty',
		(given) => {
			expect(() => toE164(given, 'To', 2)).toThrow('The parameter "To" of item 2 is empty');
		},
	);

	it.each([NaN, Infinity, -1, 1.5])('that is the number %s is refused', (given) => {
		expect(() => toE164(given, 'To', 0)).toThrow(InputError);
	});
});

describe('a destination', () => {
	it.each(['sip:fax@example.com', 'SIPS:fax@example.com:5061', ' sip:+1312@telnyx.com '])(
		'may be the SIP URI %j',
		(given) => {
			expect(toE164OrSipUri(given, 'To', 0)).toBe(given.trim());
		},
	);

	it('that is a number is cleaned as one', () => {
		expect(toE164OrSipUri('+1 312 555 0001', 'To', 0)).toBe('+13125550001');
	});

	it.each(['sip:', 'sip:example.com', 'sip:a b@example.com', 'sip:a@b@c', 'sip:@example.com'])(
		'that looks like a SIP URI but is %j is refused',
		(given) => {
			expect(() => toE164OrSipUri(given, 'To', 1)).toThrow(
				`The parameter "To" of item 1 is "${given}", which is not a SIP URI`,
			);
		},
	);

	it('that is neither is refused as a number', () => {
		expect(() => toE164OrSipUri('fax@example.com', 'To', 1)).toThrow('not a phone number');
		expect(() => toE164OrSipUri(undefined, 'To', 1)).toThrow('is empty');
	});
});
