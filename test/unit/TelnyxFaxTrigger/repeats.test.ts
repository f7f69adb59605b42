import { Repeats } from '../../../nodes/TelnyxFaxTrigger/repeats';

const hours = 3_600_000;
let now: number;
let repeats: Repeats;

beforeEach(() => {
	now = 1_800_000_000_000;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	repeats = new Repeats();
});

afterEach(() => jest.restoreAllMocks());

/** Takes an event in and says how its delivery ended. */
async function take(key: string, acknowledged: boolean): Promise<boolean> {
	const settle = await repeats.claim(key);
	settle?.(acknowledged);
	return settle !== undefined;
}

it('an event is new once', async () => {
	expect(await take('a', true)).toBe(true);
	expect(await take('a', true)).toBe(false);
	expect(await take('b', true)).toBe(true);
});

it('an event whose delivery was not acknowledged is welcome again', async () => {
	expect(await take('a', false)).toBe(true);
	expect(await take('a', false)).toBe(true);
	expect(await take('a', true)).toBe(true);
	expect(await take('a', true)).toBe(false);
});

it('deliveries at the same time wait for the first, and are repeats once it is acknowledged', async () => {
	const settle = await repeats.claim('a');
	const others = [repeats.claim('a'), repeats.claim('a'), repeats.claim('a')];
	settle?.(true);
	expect(await Promise.all(others)).toEqual([undefined, undefined, undefined]);
});

it('of deliveries at the same time one goes on when the first is not acknowledged', async () => {
	const settle = await repeats.claim('a');
	const taken: number[] = [];
	const others = [1, 2, 3].map(async (number) => {
		const settleOther = await repeats.claim('a');
		if (settleOther === undefined) return;
		taken.push(number);
		settleOther(true);
	});
	settle?.(false);
	await Promise.all(others);
	expect(taken).toEqual([1]);
});

it('an event is forgotten after six hours', async () => {
	await take('a', true);
	now += 6 * hours;
	expect(await take('a', true)).toBe(false);
	now += 1;
	expect(await take('a', true)).toBe(true);
});

it('no more than some 20,000 events are remembered, the newest ones', async () => {
	for (let number = 0; number < 25_000; number++) await take(String(number), true);
	expect(await take('24999', true)).toBe(false);
	expect(await take('6000', true)).toBe(false);
	expect(await take('0', true)).toBe(true);
});

it('a forgotten event that is settled late does not touch its successor', async () => {
	const settleOld = await repeats.claim('a');
	now += 7 * hours;
	const settleNew = await repeats.claim('a');
	settleOld?.(false);
	settleNew?.(true);
	expect(await repeats.claim('a')).toBeUndefined();
});
