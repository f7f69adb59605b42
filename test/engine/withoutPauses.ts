import type * as workflow from 'n8n-workflow';

/**
 * n8n-workflow with a `sleep` that takes no time: the clock of this process jumps ahead instead,
 * for the node and the stand-in alike. Timers of sockets and servers run as ever. For `jest.mock`.
 */
export function withoutPauses(): typeof workflow {
	const actual = jest.requireActual<typeof workflow>('n8n-workflow');
	const now = Date.now.bind(Date);
	let skippedMs = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + skippedMs);
	return {
		...actual,
		sleep: async (ms) => {
			skippedMs += ms;
			await actual.sleep(0);
		},
	};
}
