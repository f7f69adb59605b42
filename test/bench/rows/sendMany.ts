import type { StandIn } from '../../standin';
import { account, resetAccount } from '../account';
import { runAndTime } from '../nodeRuns';
import { verdictOn } from '../row';
import type { Finding, Row } from '../row';
import { alternate, asSeconds, median } from '../statistics';
import type { Bench } from '../testBed';
import { httpRequest, itemsOf, manualChain, telnyxFax } from '../workflows';

const items = 1000;

const limit = { limit: 40, windowMs: 1000 };

/** The stand-in tells of a quota with every answer; this one is never used up. */
const noLimit = { limit: 1_000_000, windowMs: 60_000 };

const recipients = Array.from({ length: items }, (_, index) => `+1312556${1000 + index}`);

const withNode = manualChain('Send with Telnyx Fax', [
	...itemsOf(recipients.map((to) => ({ to }))),
	telnyxFax('Send', {
		resource: 'fax',
		operation: 'send',
		faxApplicationId: { __rl: true, mode: 'id', value: account.applicationId },
		from: { __rl: true, mode: 'number', value: account.number },
		to: '={{ $json.to }}',
		documentSource: 'url',
		mediaUrl: account.documentUrl,
	}),
]);

const withHttpRequest = manualChain('Send with HTTP Request', [
	...itemsOf(recipients.map((to) => ({ to }))),
	{
		...httpRequest('Send', {
			method: 'POST',
			url: 'https://api.telnyx.com/v2/faxes',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ ${JSON.stringify({
				connection_id: account.applicationId,
				from: account.number,
				media_url: account.documentUrl,
			}).replace(/}$/, ', "to": $json.to }')} }}`,
			options: {},
		}),
		// Otherwise the first refusal would end it.
		onError: 'continueRegularOutput',
	},
]);

interface Sent {
	nodeMs: number;
	executionMs: number;
	/** Faxes on the stand-in. */
	accepted: number;
	/** Faxes beyond one for each recipient. */
	twice: number;
	mostInFlight: number;
}

function outcomeOf(standIn: StandIn): Pick<Sent, 'accepted' | 'twice' | 'mostInFlight'> {
	const faxes = [...standIn.faxes.values()];
	const posts = standIn.requests.filter(({ method }) => method === 'POST');
	return {
		accepted: faxes.length,
		twice: faxes.length - new Set(faxes.map(({ to }) => to)).size,
		mostInFlight: Math.max(...posts.map(({ inFlight }) => inFlight)),
	};
}

async function measureSending(
	bench: Bench,
	runs: number,
	rateLimit: typeof limit,
): Promise<{ ours: Sent[]; peer: Sent[] }> {
	const testBed = await bench.testBed();
	const { standIn } = testBed;
	const send = (workflow: typeof withNode) => async (): Promise<Sent> => {
		resetAccount(standIn);
		const { nodeMs, executionMs } = await runAndTime(testBed, workflow);
		return { nodeMs, executionMs, ...outcomeOf(standIn) };
	};
	standIn.rateLimit = rateLimit;
	try {
		return await alternate(runs, { ours: send(withNode), peer: send(withHttpRequest) });
	} finally {
		standIn.rateLimit = undefined;
	}
}

function nodeTimes({ ours, peer }: { ours: Sent[]; peer: Sent[] }): {
	ours: number;
	peer: number;
	samples: Finding['samples'];
} {
	const samples = {
		oursMs: ours.map(({ nodeMs }) => nodeMs),
		peerMs: peer.map(({ nodeMs }) => nodeMs),
		oursExecutionMs: ours.map(({ executionMs }) => executionMs),
		peerExecutionMs: peer.map(({ executionMs }) => executionMs),
		oursAccepted: ours.map(({ accepted }) => accepted),
		peerAccepted: peer.map(({ accepted }) => accepted),
	};
	return { ours: median(samples.oursMs), peer: median(samples.peerMs), samples };
}

export const sendUnlimited: Row = {
	number: 1,
	work: `send ${items} faxes, 100 ms per answer, no limit`,
	peer: 'HTTP Request node',
	goal: '≤ 1.5 × with ≤ 64 in flight',
	measure: async (bench, runs) => {
		const sent = await measureSending(bench, runs, noLimit);
		const { ours, peer, samples } = nodeTimes(sent);
		const inFlight = Math.max(...sent.ours.map(({ mostInFlight }) => mostInFlight));
		const peerInFlight = Math.max(...sent.peer.map(({ mostInFlight }) => mostInFlight));
		const complete = sent.ours.every(({ accepted, twice }) => accepted === items && twice === 0);
		return {
			ours: `${asSeconds(ours)}, ${inFlight} in flight`,
			peerFigure: `${asSeconds(peer)}, ${peerInFlight} in flight`,
			ratio: ours / peer,
			verdict: verdictOn(complete && inFlight <= 64 && ours <= 1.5 * peer),
			notes: [
				`The whole execution took ${asSeconds(median(samples.oursExecutionMs))} and ${asSeconds(median(samples.peerExecutionMs))}.`,
			],
			samples,
		};
	},
};

export const sendLimited: Row = {
	number: 2,
	work: `the same under ${limit.limit} requests a second`,
	peer: 'HTTP Request node',
	goal: `${items} accepted, 0 twice, ≤ 1.15 × the limit's own minimum`,
	measure: async (bench, runs) => {
		const sent = await measureSending(bench, runs, limit);
		const { ours, peer, samples } = nodeTimes(sent);
		const minimumMs = (items / limit.limit) * limit.windowMs;
		const accepted = Math.min(...sent.ours.map((one) => one.accepted));
		const twice = Math.max(...sent.ours.map((one) => one.twice));
		const kept = median(samples.peerAccepted);
		return {
			ours: `${asSeconds(ours)}, ${accepted} accepted, ${twice} twice`,
			peerFigure: `${asSeconds(peer)}, ${kept} accepted`,
			ratio: ours / minimumMs,
			verdict: verdictOn(accepted === items && twice === 0 && ours <= 1.15 * minimumMs),
			notes: [
				`The ratio is to ${asSeconds(minimumMs)}, which ${items} requests take at ${limit.limit} a second. HTTP Request kept ${kept} faxes and lost ${items - kept}.`,
			],
			samples,
		};
	},
};
