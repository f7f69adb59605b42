import { Pace } from '../../../nodes/shared/pace';

const start = Date.parse('2026-05-31T08:00:00Z');

const quota = (remaining: number, resetSecs: number, limit = '40, 40;w=60') => ({
	'x-ratelimit-limit': limit,
	'x-ratelimit-remaining': String(remaining),
	'x-ratelimit-reset': String(resetSecs),
});

/** The numbers of those who may go ahead so far, in the order in which they were let through. */
function admitted(pace: Pace, count: number, signal?: AbortSignal): number[] {
	const through: number[] = [];
	for (let number = 0; number < count; number++) {
		void pace.enter(signal).then(() => through.push(number));
	}
	return through;
}

beforeEach(() => jest.useFakeTimers({ now: start }));

afterEach(() => jest.useRealTimers());

it('lets everything through while nothing is known of a limit', async () => {
	const through = admitted(new Pace(), 1000);
	await jest.advanceTimersByTimeAsync(0);
	expect(through).toHaveLength(1000);
});

it('lets as many through as the quota has left, and the others when it is full again', async () => {
	const pace = new Pace();
	await pace.enter();
	pace.leave(start, quota(2, 15));
	const through = admitted(pace, 5);
	await jest.advanceTimersByTimeAsync(14_900);
	expect(through).toEqual([0, 1]);
	await jest.advanceTimersByTimeAsync(300);
	expect(through).toEqual([0, 1, 2, 3, 4]);
});

it('does not count what is on its way twice when the quota fills again', async () => {
	const pace = new Pace();
	await pace.enter();
	pace.leave(start, quota(0, 1, '3'));
	const through = admitted(pace, 5);
	await jest.advanceTimersByTimeAsync(1000);
	expect(through).toEqual([0, 1, 2]);
});

it('takes requests on their way as used up, since Telnyx has not counted them yet', async () => {
	const pace = new Pace();
	await Promise.all([pace.enter(), pace.enter(), pace.enter()]);
	pace.leave(start, quota(3, 30));
	const through = admitted(pace, 2);
	await jest.advanceTimersByTimeAsync(1000);
	expect(through).toEqual([0]);
});

it('goes by the nearest of several resets', async () => {
	const pace = new Pace();
	await Promise.all([pace.enter(), pace.enter()]);
	pace.leave(start, quota(0, 20));
	pace.leave(start, quota(0, 5));
	const through = admitted(pace, 1);
	await jest.advanceTimersByTimeAsync(5200);
	expect(through).toEqual([0]);
});

it.each([
	[undefined],
	[{}],
	[{ 'x-ratelimit-remaining': '0' }],
	[{ 'x-ratelimit-remaining': 'none', 'x-ratelimit-reset': '60' }],
	[{ 'x-ratelimit-remaining': null, 'x-ratelimit-reset': ['60'] }],
])('holds nobody up after an answer with %j', async (headers) => {
	const pace = new Pace();
	await pace.enter();
	pace.leave(start, headers);
	const through = admitted(pace, 3);
	await jest.advanceTimersByTimeAsync(0);
	expect(through).toHaveLength(3);
});

it('goes on after a reset in the past', async () => {
	const pace = new Pace();
	await pace.enter();
	pace.leave(start - 60_000, quota(0, 1));
	const through = admitted(pace, 2);
	await jest.advanceTimersByTimeAsync(0);
	expect(through).toHaveLength(2);
});

it('keeps nobody waiting once the execution is stopped', async () => {
	const pace = new Pace();
	await pace.enter();
	pace.leave(start, quota(0, 60));
	const stop = new AbortController();
	const through = admitted(pace, 3, stop.signal);
	await jest.advanceTimersByTimeAsync(1000);
	expect(through).toEqual([]);
	stop.abort();
	await jest.advanceTimersByTimeAsync(300);
	expect(through).toEqual([0, 1, 2]);
});

it('goes on where no answer of a new window says anything of the limit', async () => {
	const pace = new Pace();
	await pace.enter();
	pace.leave(start, quota(0, 1, '2'));
	await jest.advanceTimersByTimeAsync(1000);
	await Promise.all([pace.enter(), pace.enter()]);
	const through = admitted(pace, 3);
	pace.leave(Date.now());
	pace.leave(Date.now());
	await jest.advanceTimersByTimeAsync(100);
	expect(through).toEqual([0, 1]);
	pace.leave(Date.now());
	await jest.advanceTimersByTimeAsync(100);
	expect(through).toEqual([0, 1, 2]);
});
