import { account, resetAccount } from '../account';
import { runAndTime } from '../nodeRuns';
import { verdictOn } from '../row';
import type { Row } from '../row';
import { alternate, asSeconds, median } from '../statistics';
import { httpRequest, manualChain, telnyxFax } from '../workflows';

const faxes = 10_000;

const pageSize = 250;

const withNode = manualChain('Read with Telnyx Fax', [
	telnyxFax('Read', { resource: 'fax', operation: 'getAll', returnAll: true }),
]);

const withHttpRequest = manualChain('Read with HTTP Request', [
	httpRequest('Read', {
		url: 'https://api.telnyx.com/v2/faxes',
		sendQuery: true,
		queryParameters: { parameters: [{ name: 'page[size]', value: pageSize }] },
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: {
						parameters: [{ type: 'qs', name: 'page[number]', value: '={{ $pageCount + 1 }}' }],
					},
					paginationCompleteWhen: 'other',
					completeExpression:
						'={{ $response.body.meta.page_number >= $response.body.meta.total_pages }}',
				},
			},
		},
	}),
]);

export const readMany: Row = {
	number: 3,
	work: `read ${faxes} faxes in pages of ${pageSize}, 100 ms per page`,
	peer: 'HTTP Request pagination',
	goal: '≤ 0.25 ×',
	measure: async (bench, runs) => {
		const testBed = await bench.testBed();
		const { standIn } = testBed;
		resetAccount(standIn);
		for (let count = 0; count < faxes; count++) {
			standIn.addFax({ connectionId: account.applicationId });
		}
		const read = (
			workflow: typeof withNode,
			rows: (json: Record<string, unknown>) => unknown[],
		) => {
			return async () => {
				const { execution, nodeMs, executionMs } = await runAndTime(testBed, workflow);
				const found = execution.output('Read').flatMap(({ json }) => rows(json));
				return { nodeMs, executionMs, rows: found.length };
			};
		};
		const { ours, peer } = await alternate(runs, {
			ours: read(withNode, (json) => [json]),
			peer: read(withHttpRequest, ({ data }) => (Array.isArray(data) ? data : [])),
		});
		const wrong = [...ours, ...peer].find(({ rows }) => rows !== faxes);
		if (wrong) throw new Error(`${wrong.rows} rows were read instead of ${faxes}`);
		const oursMs = ours.map(({ nodeMs }) => nodeMs);
		const peerMs = peer.map(({ nodeMs }) => nodeMs);
		const ratio = median(oursMs) / median(peerMs);
		const executionMs = [ours, peer].map((side) => median(side.map((run) => run.executionMs)));
		return {
			ours: asSeconds(median(oursMs)),
			peerFigure: asSeconds(median(peerMs)),
			ratio,
			verdict: verdictOn(ratio <= 0.25),
			notes: [
				`The whole execution, which stores ${faxes} items with ours and ${faxes / pageSize} with the peer, took ${asSeconds(executionMs[0])} and ${asSeconds(executionMs[1])}.`,
			],
			samples: { oursMs, peerMs },
		};
	},
};
