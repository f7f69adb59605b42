/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: shortens the time-outs of requests */
import { ClientRequest } from 'node:http';

/** The tests of a file wait this many times less for answers that never come. */
export function useShortTimeouts(times = 100): void {
	const { setTimeout } = ClientRequest.prototype;
	beforeAll(() => {
		ClientRequest.prototype.setTimeout = function (ms, callback) {
			return setTimeout.call(this, ms / times, callback);
		};
	});
	afterAll(() => {
		ClientRequest.prototype.setTimeout = setTimeout;
	});
}
