import type { RecordedRequest, StandIn } from '../standin';
import { documentFolder } from './jobs';
import type { Job } from './jobs';
import { createRandom } from './random';
import { fieldOf } from './truth';

/** How many times less these runs wait for an answer than the node's 30 s. */
export const timeoutDivisor = 10;

/** Later than the node waits, in ms. */
const lateMs = 4000;

const sendPath = /^\/v2\/faxes$/;

const isJson = ({ headers }: RecordedRequest) =>
	String(headers['content-type']).startsWith('application/json');

/** Plays everything that can go wrong while faxes are sent, under a limit, the same for the same seed. */
export function playMix(standIn: StandIn, seed: number): void {
	const { faults } = standIn;
	standIn.rateLimit = { limit: 60, windowMs: 1000 };
	// An upload may take 300 s, so that only answers to JSON can be late within a short run.
	faults.random({
		seed,
		on: { method: 'POST', path: sendPath, when: isJson },
		mix: { lateAnswer: 0.03, noAnswerBeforeAcceptance: 0.005, noAnswerAfterAcceptance: 0.01 },
		ms: lateMs,
	});
	faults.random({
		seed: seed + 1,
		on: { method: 'POST', path: sendPath },
		mix: {
			resetBeforeAcceptance: 0.01,
			resetAfterAcceptance: 0.04,
			truncatedAnswer: 0.03,
			error500: 0.005,
			error502: 0.005,
			error503: 0.005,
			error500AfterAcceptance: 0.04,
			htmlError502: 0.01,
			tooManyRequests: 0.04,
			tooManyRequestsRetryAfter: 0.02,
		},
	});
	faults.random({
		seed: seed + 2,
		on: { method: 'POST', path: /^\/v2\/media$/ },
		mix: { resetAfterAcceptance: 0.01, htmlError502: 0.01, tooManyRequests: 0.03 },
	});
	faults.random({
		seed: seed + 3,
		on: { method: 'GET' },
		mix: {
			resetBeforeAcceptance: 0.03,
			truncatedAnswer: 0.03,
			error500: 0.03,
			htmlError502: 0.03,
			tooManyRequests: 0.03,
		},
	});
}

/**
 * Adds faxes that were sent a minute ago to some of the recipients, as another execution does: to be
 * taken for none of ours.
 */
export function addLookAlikes(standIn: StandIn, seed: number, from: string, jobs: Job[]): void {
	const random = createRandom(seed);
	const createdAt = Date.now() - 60_000;
	for (const { channel, to, document } of jobs) {
		if (!random.happens(0.3)) continue;
		const sourceUrl = channel === 'url' ? `${documentFolder}${document}` : undefined;
		standIn.addFax({ from, to, sourceUrl, createdAt, status: 'sending' });
	}
}

/** Refuses the next `times` faxes to a recipient for good. */
export function refuse(standIn: StandIn, recipient: string, times: number): void {
	const isTo = (request: RecordedRequest) => fieldOf(request, 'to') === recipient;
	const on = { method: 'POST', path: sendPath, when: isTo };
	standIn.faults.add({ kind: 'forbidden', times, on });
}
