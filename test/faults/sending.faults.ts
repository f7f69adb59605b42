import { useShortTimeouts } from '../engine/shortTimeouts';
import { violations } from './audit';
import { timeoutDivisor } from './mix';
import { printTable } from './print';
import { seeds } from './seeds';
import { goingOn, sendThroughFaults } from './sending';

const items = 500;

const tallies: Array<Record<string, number>> = [];

useShortTimeouts(timeoutDivisor);

afterAll(() => printTable(`${items} faxes through faults, ${goingOn.name}`, tallies));

it.each(seeds)('sends each fax at most once and tells what became of it, seed %i', async (seed) => {
	const { tally } = await sendThroughFaults(seed, items, goingOn);
	tallies.push({ seed, ...tally });
	expect(violations(tally)).toEqual({});
	expect(tally.items).toBe(items);
	expect(tally.unknown).toBeLessThan(0.1 * items);
});
