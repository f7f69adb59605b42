import { throwMutations } from './deliveries';
import { printTable } from './print';
import { seeds } from './seeds';

const mutations = 10_000;

const tallies: Array<Record<string, string | number>> = [];

afterAll(() => printTable('Changed deliveries at the trigger', tallies));

it.each(seeds)('starts nothing for what Telnyx has not signed, seed %i', async (seed) => {
	const { answers, ...tally } = await throwMutations(seed, mutations);
	tallies.push({ seed, ...tally, answers: JSON.stringify(answers) });
	expect(tally).toMatchObject({ mutations, executions: 0, exceptions: 0 });
	expect(tally.genuineExecutions).toBe(tally.genuine);
	expect(tally.genuine).toBeGreaterThan(0);
});
