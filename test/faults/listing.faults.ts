import { listThroughFaults } from './listing';
import { printTable } from './print';
import { seeds } from './seeds';

const faxes = 3000;

const tallies: Array<Record<string, number>> = [];

afterAll(() =>
	printTable(`Return All over ${faxes} faxes that come and go, through faults`, tallies),
);

it.each(seeds)('reads each fax once while the list changes, seed %i', async (seed) => {
	const tally = await listThroughFaults(seed, faxes);
	tallies.push({ seed, ...tally });
	expect(tally).toMatchObject({ lost: 0, invented: 0, doubled: 0, outOfOrder: 0 });
	expect(tally.changes).toBeGreaterThan(0);
});
