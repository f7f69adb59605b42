import {
	decodeReference,
	encodeOwnReference,
	encodeReference,
} from '../../../nodes/shared/reference';

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

describe('a reference', () => {
	it.each(['patient-4711', 'Grüße, 東京 🖷', 'a', ' ', 'two\nlines\tand a tab', 'aGVsbG8='])(
		'that is the text %j comes back as it was',
		(text) => {
			expect(encodeReference(text)).toMatch(/^[A-Za-z0-9+/]+=*$/);
			expect(decodeReference(encodeReference(text))).toBe(text);
		},
	);

	it.each([
		['{"patient":4711}', { patient: 4711 }],
		[' [1, "two"] ', [1, 'two']],
		['{}', {}],
		['[]', []],
	])('that is the JSON %s comes back as data', (text, data) => {
		expect(decodeReference(encodeReference(text))).toEqual(data);
	});

	it.each(['4711', 'true', 'null', '"quoted"', '{broken', '[1,'])(
		'that only looks like JSON, such as %s, stays text',
		(text) => {
			expect(decodeReference(encodeReference(text))).toBe(text);
		},
	);

	it('does not change a prototype', () => {
		const data = decodeReference(encodeReference('{"__proto__":{"polluted":true}}'));
		expect(Object.keys(data ?? {})).toEqual(['__proto__']);
		expect('polluted' in {}).toBe(false);
	});

	it.each([undefined, null, '', 4711, true, {}, ['aGVsbG8=']])('is absent in %j', (wire) => {
		expect(decodeReference(wire)).toBeNull();
	});

	it.each([
		'not base64!',
		'abc',
		'a===',
		'====',
		'aGVsbG8',
		base64(Buffer.from([0xff, 0xfe, 0x00, 0x80])),
		base64(Buffer.from([0x00, 0x01, 0x02])),
		base64('\u0007bell'),
	])('of somebody else that is no text, %j, comes back as it is', (wire) => {
		expect(decodeReference(wire)).toBe(wire);
	});

	it('that the node made for itself is not shown', () => {
		const own = encodeOwnReference('0b7c');
		expect(own).not.toBe(encodeOwnReference('0b7d'));
		expect(decodeReference(own)).toBeNull();
	});
});
