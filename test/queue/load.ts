import { sleep } from 'n8n-workflow';

import { waitFor } from '../n8n/waitFor';
import type { StandIn } from '../standin';

/** Calls of n8n that are open at the same time: few enough for a machine with two cores. */
const atATime = 10;

/** Milliseconds from one fax to the next, at the least. */
const pauseMs = 50;

/** The same during an incident, where calls may fail at once instead of being answered. */
const incidentPauseMs = 500;

/**
 * Lets faxes come in, as fast as n8n takes their events but no faster: what is to be seen is what a
 * fault does, not what a lack of processors does.
 *
 * @param at what to do when so many faxes have come in, while further ones do
 */
export async function receiveFaxes(
	standIn: StandIn,
	number: string,
	count: number,
	at: Map<number, () => Promise<void>> = new Map(),
): Promise<void> {
	const openCalls = () =>
		standIn.deliveries.filter(({ attempts }) => {
			const last = attempts.at(-1);
			return last !== undefined && last.finishedAt === undefined;
		});
	let isIncident = false;
	let incident = Promise.resolve();
	for (let sent = 1; sent <= count; sent++) {
		standIn.receiveFax({ from: '+13125550188', to: number });
		const begin = at.get(sent);
		if (begin) {
			await incident;
			isIncident = true;
			incident = begin().finally(() => (isIncident = false));
		}
		await sleep(isIncident ? incidentPauseMs : pauseMs);
		await waitFor('n8n to answer calls', () => openCalls().length < atATime || undefined);
	}
	await incident;
	await standIn.settle();
}
