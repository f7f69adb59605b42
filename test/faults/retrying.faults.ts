import { useShortTimeouts } from '../engine/shortTimeouts';
import { violations } from './audit';
import { timeoutDivisor } from './mix';
import { printTable } from './print';
import { seeds } from './seeds';
import { retrying, sendThroughFaults } from './sending';

const items = 100;

const tallies: Array<Record<string, string | number>> = [];

useShortTimeouts(timeoutDivisor);

afterAll(() => printTable(`${items} faxes through faults, with n8n's own tries`, tallies));

describe.each(retrying)('$name', (scenario) => {
	it.each(seeds)('sends each fax at most once over all tries, seed %i', async (seed) => {
		const { tally, tries } = await sendThroughFaults(seed, items, scenario);
		tallies.push({ scenario: scenario.name, seed, ...tally });
		expect(violations(tally)).toEqual({});
		expect(tries).toBeGreaterThan(scenario.refusals);
	});
});
