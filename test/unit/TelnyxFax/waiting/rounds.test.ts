import type { FinalEvent } from '../../../../nodes/TelnyxFax/waiting/result';
import { Rounds } from '../../../../nodes/TelnyxFax/waiting/rounds';
import type { Look } from '../../../../nodes/TelnyxFax/waiting/rounds';

const event: FinalEvent = { payload: { status: 'delivered' } };

/** A look that ends when the test says so, and what it was given. */
interface OpenLook {
	ids: string[];
	end(found: string | undefined): void;
	fail(error: Error): void;
}

let rounds: Rounds<string>;
let looks: OpenLook[];

const look: Look<string> = async (events) =>
	await new Promise((resolve, reject) => {
		looks.push({ ids: [...events.keys()], end: resolve, fail: reject });
	});

const join = async (faxId: string, key = 'execution') => {
	const outcome = await rounds.join(key, faxId, event, look);
	return typeof outcome === 'string' ? outcome : outcome.found;
};

/** Lets everything run that waits for nothing but promises. */
const settle = async () => {
	for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

beforeEach(() => {
	rounds = new Rounds();
	looks = [];
});

afterEach(() => jest.useRealTimers());

it('an event alone looks at once', async () => {
	const result = join('a');
	looks[0].end('results');
	expect(await result).toBe('results');
});

it('events that come during a look share the next one, and one of them gets its result', async () => {
	const first = join('a');
	const others = [join('b'), join('c'), join('d')];
	await settle();
	expect(looks).toHaveLength(1);
	looks[0].end(undefined);
	expect(await first).toBe('noted');
	await settle();
	expect(looks).toHaveLength(2);
	expect([...looks[1].ids].sort()).toEqual(['a', 'b', 'c', 'd']);
	looks[1].end('results');
	expect(await Promise.all(others)).toEqual(['results', 'noted', 'noted']);
});

it('no event gets a result after another one got it', async () => {
	const first = join('a');
	const second = join('b');
	looks[0].end('results');
	expect(await first).toBe('results');
	expect(await second).toBe('noted');
	expect(await join('c')).toBe('closed');
	expect(looks).toHaveLength(1);
});

it('looks again later, in case the execution was not resumed after all', async () => {
	jest.useFakeTimers({ doNotFake: ['nextTick'] });
	const first = join('a');
	looks[0].end('results');
	await first;
	jest.setSystemTime(Date.now() + 30_000);
	const later = join('a');
	looks[1].end('results again');
	expect(await later).toBe('results again');
});

it('a look that fails, fails for all of its events and for no later one', async () => {
	const first = join('a');
	const second = join('b');
	const third = join('c');
	looks[0].fail(new Error('no answer'));
	await expect(first).rejects.toThrow('no answer');
	await settle();
	looks[1].fail(new Error('no answer either'));
	await expect(second).rejects.toThrow('no answer either');
	await expect(third).rejects.toThrow('no answer either');
	const fourth = join('d');
	looks[2].end('results');
	expect(await fourth).toBe('results');
});

it('a look that finds results takes the events along that came meanwhile', async () => {
	const first = rounds.join('execution', 'a', event, look);
	const second = rounds.join('execution', 'b', event, look);
	looks[0].end('results');
	const outcome = await first;
	const events = typeof outcome === 'string' ? new Map() : outcome.events;
	expect([...events.keys()].sort()).toEqual(['a', 'b']);
	expect(await second).toBe('noted');
});

it('executions have nothing to do with each other', async () => {
	const one = join('a', 'one');
	const other = join('b', 'other');
	expect(looks).toHaveLength(2);
	looks[1].end('results of the other');
	looks[0].end('results of the one');
	expect(await Promise.all([one, other])).toEqual(['results of the one', 'results of the other']);
});

it('remembers the events of earlier looks, which Telnyx may not show yet', async () => {
	const first = join('a');
	looks[0].end(undefined);
	expect(await first).toBe('noted');
	const second = join('b');
	expect(looks[1].ids.sort()).toEqual(['a', 'b']);
	looks[1].end('results');
	expect(await second).toBe('results');
});
