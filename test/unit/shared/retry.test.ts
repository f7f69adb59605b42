import { askedPauseMs, retryPauseMs } from '../../../nodes/shared/retry';

const now = Date.parse('2026-05-31T08:00:00Z');

describe('the pause that Telnyx asks for', () => {
	it.each([
		['Retry-After in seconds', { 'retry-after': '7' }, 7000],
		['Retry-After as a number', { 'retry-after': 7 }, 7000],
		['a Retry-After of zero', { 'retry-after': '0' }, 0],
		['Retry-After as a date', { 'retry-after': 'Sun, 31 May 2026 08:00:30 GMT' }, 30_000],
		['a date that has passed', { 'retry-after': 'Sun, 31 May 2026 07:00:00 GMT' }, 0],
		['x-ratelimit-reset, in seconds left', { 'x-ratelimit-reset': '17' }, 17_000],
		['Retry-After before the reset', { 'retry-after': '3', 'x-ratelimit-reset': '60' }, 3000],
		[
			'the reset where Retry-After is nonsense',
			{ 'retry-after': 'soon', 'x-ratelimit-reset': '4' },
			4000,
		],
		['a reset with a fraction', { 'x-ratelimit-reset': '0.5' }, 500],
	])('is read from %s', (_what, headers, pause) => {
		expect(askedPauseMs(headers, now)).toBe(pause);
	});

	it.each([
		[{}],
		[{ 'retry-after': '' }],
		[{ 'retry-after': '   ' }],
		[{ 'retry-after': null }],
		[{ 'retry-after': ['1', '2'] }],
		[{ 'x-ratelimit-reset': 'soon' }],
		[{ 'x-ratelimit-reset': '-5' }],
		[{ 'x-ratelimit-reset': 'Infinity' }],
		[{ 'x-ratelimit-reset': NaN }],
	])('is unknown with %j', (headers) => {
		expect(askedPauseMs(headers, now)).toBeUndefined();
	});
});

describe('the pause before the next try', () => {
	const pauseOf = (attempt: Partial<Parameters<typeof retryPauseMs>[0]>, random = 0.5) =>
		retryPauseMs({ repeatable: true, tries: 1, ...attempt }, now, random);

	it.each([
		['no answer', undefined, true],
		['408', 408, true],
		['500', 500, true],
		['502', 502, true],
		['503', 503, true],
		['599', 599, true],
		['429', 429, true],
		['200', 200, false],
		['302', 302, false],
		['400', 400, false],
		['401', 401, false],
		['403', 403, false],
		['404', 404, false],
		['409', 409, false],
		['422', 422, false],
	])('after %s: whether there is one for what may be repeated', (_name, status, repeats) => {
		expect(pauseOf({ status }) !== undefined).toBe(repeats);
	});

	it.each([undefined, 408, 500, 502, 503, 504])(
		'does not exist after %s for what must not be done twice',
		(status) => {
			expect(pauseOf({ status, repeatable: false })).toBeUndefined();
		},
	);

	it('exists after a 429 even for what must not be done twice', () => {
		expect(pauseOf({ status: 429, repeatable: false })).toBeGreaterThan(0);
	});

	it.each([
		[1, 500],
		[2, 1000],
		[3, 2000],
	])('doubles: after try %i it is about %i ms', (tries, ms) => {
		expect(pauseOf({ status: 500, tries })).toBe(ms);
		expect(pauseOf({ status: 500, tries }, 0)).toBe(ms * 0.75);
		expect(pauseOf({ status: 500, tries }, 1)).toBe(ms * 1.25);
	});

	it('ends after four tries of a faulty request and eight of one that was limited', () => {
		expect(pauseOf({ status: 500, tries: 3 })).toBeDefined();
		expect(pauseOf({ status: 500, tries: 4 })).toBeUndefined();
		expect(pauseOf({ status: 429, tries: 7 })).toBeDefined();
		expect(pauseOf({ status: 429, tries: 8 })).toBeUndefined();
	});

	it('is what Telnyx asks for, with a little jitter on top', () => {
		const headers = { 'x-ratelimit-reset': '17' };
		expect(pauseOf({ status: 429, headers }, 0)).toBe(17_100);
		expect(pauseOf({ status: 429, headers }, 1)).toBe(17_500);
		expect(pauseOf({ status: 503, headers: { 'retry-after': '2' } }, 0)).toBe(2100);
	});

	it('does not heed the quota of an answer that has nothing to do with it', () => {
		expect(pauseOf({ status: 500, headers: { 'x-ratelimit-reset': '59' } })).toBe(500);
	});

	it('does not exist where Telnyx asks for more than two minutes', () => {
		expect(pauseOf({ status: 429, headers: { 'retry-after': '119' } })).toBeDefined();
		expect(pauseOf({ status: 429, headers: { 'retry-after': '3600' } })).toBeUndefined();
	});
});
