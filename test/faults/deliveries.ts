import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import { Pool } from 'undici';

import { startTriggerBed } from '../engine/trigger/triggerBed';
import { mutation } from './mutations';
import type { Message } from './mutations';

/** How deliveries were taken that Telnyx never signed, and genuine ones in between. */
export interface DeliveryTally {
	mutations: number;
	/** Executions that mutations started; must be 0. */
	executions: number;
	/** What the trigger threw; must be 0. */
	exceptions: number;
	/** Answers by status. */
	answers: Record<string, number>;
	/** Genuine deliveries, and the executions that they started. */
	genuine: number;
	genuineExecutions: number;
}

/** After so many mutations a genuine delivery shows that the trigger still listens. */
const genuineEvery = 100;

/** Throws changed deliveries at the trigger; the same for the same seed. */
export async function throwMutations(seed: number, count: number): Promise<DeliveryTally> {
	const bed = await startTriggerBed();
	const trigger = bed.addTrigger({ parameters: { events: ['*'] } });
	await trigger.activate();
	const { origin, pathname } = new URL(bed.localUrl(trigger.url));
	const pool = new Pool(origin, { connections: 1 });
	const tally: DeliveryTally = {
		mutations: 0,
		executions: 0,
		exceptions: 0,
		answers: {},
		genuine: 0,
		genuineExecutions: 0,
	};

	const genuine = (): Message => {
		const payload = {
			connection_id: bed.application.id,
			direction: 'inbound',
			fax_id: randomUUID(),
		};
		const event = { event_type: 'fax.received', id: randomUUID(), record_type: 'event', payload };
		const body = JSON.stringify({ data: event, meta: { attempt: 1 } });
		const headers = { 'content-type': 'application/json', ...bed.telnyx.standIn.sign(body) };
		return { headers, body: Buffer.from(body) };
	};
	const post = async (message: Message): Promise<{ status: number; executions: number }> => {
		const before = trigger.started.length;
		const answer = await pool.request({ method: 'POST', path: pathname, ...message });
		await answer.body.dump();
		return { status: answer.statusCode, executions: trigger.started.length - before };
	};

	try {
		const property = fc.asyncProperty(mutation, async (mutate) => {
			const { status, executions } = await post(mutate(genuine()));
			tally.mutations++;
			tally.executions += executions;
			tally.answers[status] = (tally.answers[status] ?? 0) + 1;
			if (tally.mutations % genuineEvery === 0) {
				tally.genuine++;
				tally.genuineExecutions += (await post(genuine())).executions;
			}
			return executions === 0 && trigger.thrown.length === 0 && status >= 400 && status < 500;
		});
		await fc.assert(property, { seed, numRuns: count });
		tally.exceptions = trigger.thrown.length;
		return tally;
	} finally {
		await pool.close();
		await bed.close();
	}
}
