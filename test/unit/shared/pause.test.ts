import { pause } from '../../../nodes/shared/pause';

beforeEach(() => jest.useFakeTimers());

afterEach(() => jest.useRealTimers());

async function isOver(waiting: Promise<void>, afterMs: number): Promise<boolean> {
	let over = false;
	void waiting.then(() => (over = true));
	await jest.advanceTimersByTimeAsync(afterMs);
	return over;
}

it('lasts as long as it is told to', async () => {
	const waiting = pause(1000);
	expect(await isOver(waiting, 999)).toBe(false);
	expect(await isOver(waiting, 1)).toBe(true);
});

it.each([0, -1, -Infinity, NaN])('of %s ms is over at once', async (ms) => {
	expect(await isOver(pause(ms), 0)).toBe(true);
});

it('ends soon after the signal aborts', async () => {
	const stop = new AbortController();
	const waiting = pause(60_000, stop.signal);
	expect(await isOver(waiting, 1000)).toBe(false);
	stop.abort();
	expect(await isOver(waiting, 200)).toBe(true);
});

it('does not begin under a signal that has aborted', async () => {
	expect(await isOver(pause(60_000, AbortSignal.abort()), 0)).toBe(true);
});
