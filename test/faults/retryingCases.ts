import { useShortTimeouts } from '../engine/shortTimeouts';
import { violations } from './audit';
import { timeoutDivisor } from './mix';
import { printTable } from './print';
import { seeds } from './seeds';
import { sendThroughFaults } from './sending';
import type { Scenario } from './sending';

const items = 100;

/** The cases of a scenario in which n8n itself runs the node again. */
export function retryingCases(scenario: Scenario): void {
	const tallies: Array<Record<string, number>> = [];

	useShortTimeouts(timeoutDivisor);

	afterAll(() => printTable(`${items} faxes through faults, ${scenario.name}`, tallies));

	it.each(seeds)('sends each fax at most once over all tries, seed %i', async (seed) => {
		const { tally, tries } = await sendThroughFaults(seed, items, scenario);
		tallies.push({ seed, ...tally });
		expect(violations(tally)).toEqual({});
		expect(tries).toBeGreaterThan(scenario.refusals);
	});
}
