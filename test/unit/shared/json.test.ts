import {
	isObject,
	numberAt,
	objectAt,
	objectsAt,
	parseJson,
	stringAt,
} from '../../../nodes/shared/json';

const nothing = [undefined, null, 'text', 4711, true, [], {}];

it.each([
	[{}, true],
	[{ a: 1 }, true],
	[null, false],
	[undefined, false],
	[[], false],
	['text', false],
	[1, false],
])('tells whether %j is an object', (value, expected) => {
	expect(isObject(value)).toBe(expected);
});

it.each(nothing)('finds nothing in %j', (value) => {
	expect(objectAt(value, 'key')).toEqual({});
	expect(objectsAt(value, 'key')).toEqual([]);
	expect(stringAt(value, 'key')).toBeUndefined();
	expect(numberAt(value, 'key')).toBeUndefined();
});

it('takes values of the right type only', () => {
	const value = {
		text: 'a',
		empty: '',
		number: 0,
		not: NaN,
		object: { a: 1 },
		list: [{}, 1, null],
	};
	expect(stringAt(value, 'text')).toBe('a');
	expect(stringAt(value, 'empty')).toBeUndefined();
	expect(stringAt(value, 'number')).toBeUndefined();
	expect(numberAt(value, 'number')).toBe(0);
	expect(numberAt(value, 'not')).toBeUndefined();
	expect(numberAt(value, 'text')).toBeUndefined();
	expect(objectAt(value, 'object')).toEqual({ a: 1 });
	expect(objectAt(value, 'list')).toEqual({});
	expect(objectsAt(value, 'list')).toEqual([{}]);
});

it('takes no text or number from a prototype', () => {
	expect(stringAt({}, 'constructor')).toBeUndefined();
	expect(numberAt([], 'length')).toBeUndefined();
	expect(objectsAt({}, '__proto__')).toEqual([]);
});

it.each([
	['{"a":1}', { a: 1 }],
	['null', null],
	['', undefined],
	['<html>', undefined],
	['{"a":', undefined],
])('parses %j', (text, value) => {
	expect(parseJson(text)).toEqual(value);
});
