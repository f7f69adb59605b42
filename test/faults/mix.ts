import type { RecordedRequest, StandIn } from '../standin';
import { fieldOf } from './truth';

/** How many times less these runs wait for an answer than the node's 30 s. */
export const timeoutDivisor = 10;

/** Later than the node waits, in ms. */
const lateMs = 4000;

const sendPath = /^\/v2\/faxes$/;

const isJson = ({ headers }: RecordedRequest) =>
	String(headers['content-type']).startsWith('application/json');

/** Plays everything that can go wrong while faxes are sent, the same for the same seed. */
export function playMix(standIn: StandIn, seed: number): void {
	const { faults } = standIn;
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

/** Refuses the next `times` faxes to a recipient for good. */
export function refuse(standIn: StandIn, recipient: string, times: number): void {
	const isTo = (request: RecordedRequest) => fieldOf(request, 'to') === recipient;
	const on = { method: 'POST', path: sendPath, when: isTo };
	standIn.faults.add({ kind: 'forbidden', times, on });
}
