import type { INodeParameters } from 'n8n-workflow';

import { TelnyxFax } from '../../nodes/TelnyxFax/TelnyxFax.node';
import type { RecordedRequest, StandIn } from '../standin';
import { startTelnyx } from '../support/telnyx';
import { createRandom } from './random';

/** What came out of reading a list that changed, against what was in it. All but `rows` must be 0. */
export interface ListTally {
	rows: number;
	/** How often the list changed while it was read. */
	changes: number;
	/** Faxes that were there all the time, and are missing. */
	lost: number;
	/** Rows that were never a fax. */
	invented: number;
	/** Rows beyond one for each fax. */
	doubled: number;
	/** Rows that stand before a newer one. */
	outOfOrder: number;
}

const faultMix = {
	resetBeforeAcceptance: 0.06,
	truncatedAnswer: 0.06,
	error500: 0.06,
	htmlError502: 0.06,
	tooManyRequests: 0.06,
};

/** Gives each request for the same page a number, and lets only the first two of four go wrong. */
function mayFail(): (request: RecordedRequest) => boolean {
	const counts = new Map<string, number>();
	return ({ query }) => {
		const page = JSON.stringify(query);
		const count = counts.get(page) ?? 0;
		counts.set(page, count + 1);
		return count % 4 < 2;
	};
}

/** Adds and removes faxes whenever a page is asked for, at most `most` times. */
function keepChanging(standIn: StandIn, seed: number, most: number) {
	const random = createRandom(seed);
	const seen = { removed: new Set<string>(), added: new Set<string>(), changes: 0 };
	const change = () => {
		if (seen.changes >= most || !random.happens(0.4)) return false;
		seen.changes++;
		if (random.happens(0.6)) {
			seen.added.add(standIn.addFax().id);
			return false;
		}
		const id = random.pick([...standIn.faxes.keys()]);
		standIn.faxes.delete(id);
		seen.removed.add(id);
		return false;
	};
	// A rule that never plays, but is asked at each request.
	standIn.faults.add({ kind: 'error500', on: { method: 'GET', when: change } });
	return seen;
}

/** Lists `count` faxes with Return All through faults, while faxes come and go. */
export async function listThroughFaults(seed: number, count: number): Promise<ListTally> {
	const telnyx = await startTelnyx();
	try {
		const { standIn } = telnyx;
		const start = Date.now() - count * 1000;
		for (let index = 0; index < count; index++) standIn.addFax({ createdAt: start + index * 1000 });
		const before = [...standIn.faxes.keys()];
		const seen = keepChanging(standIn, seed, 10);
		standIn.faults.random({ seed, on: { method: 'GET', when: mayFail() }, mix: faultMix });
		const engine = telnyx.createEngine([new TelnyxFax()]);
		const parameters: INodeParameters = {
			resource: 'fax',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
		};
		const { items, error } = await engine.runNode({ parameters });
		if (error) throw error;
		const ids = items.map(({ json }) => String(json.id));
		const found = new Set(ids);
		const times = items.map(({ json }) => Date.parse(String(json.created_at)));
		return {
			rows: ids.length,
			changes: seen.changes,
			lost: before.filter((id) => !seen.removed.has(id) && !found.has(id)).length,
			invented: ids.filter((id) => !before.includes(id) && !seen.added.has(id)).length,
			doubled: ids.length - found.size,
			outOfOrder: times.filter((time, index) => index > 0 && time > times[index - 1]).length,
		};
	} finally {
		await telnyx.close();
	}
}
