/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: unpacks the package and starts processes */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import execa from 'execa';

import { verdictOn } from '../row';
import type { Row } from '../row';
import { alternate, median } from '../statistics';

const script = resolve(__dirname, '..', 'loadClasses.cjs');

const ours = [
	'dist/nodes/TelnyxFax/TelnyxFax.node.js#TelnyxFax',
	'dist/nodes/TelnyxFaxTrigger/TelnyxFaxTrigger.node.js#TelnyxFaxTrigger',
	'dist/credentials/TelnyxFaxApi.credentials.js#TelnyxFaxApi',
];

const slack = [
	'dist/nodes/Slack/Slack.node.js#Slack',
	'dist/credentials/SlackApi.credentials.js#SlackApi',
];

const minimumRuns = 9;

export const load: Row = {
	number: 8,
	work: 'load both nodes and the credential, cold; size of the tarball',
	peer: "n8n's Slack node",
	goal: '≤ 30 ms; ≤ 100 kB',
	measure: async (bench, runs) => {
		const { folder: n8nFolder, node } = await bench.installation();
		const { tarball } = await bench.package();
		const folder = await mkdtemp(join(tmpdir(), 'telnyx-fax-load-'));
		try {
			await execa('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
			// As n8n does, so that community nodes find its n8n-workflow.
			const NODE_PATH = join(n8nFolder, 'node_modules');
			const loadMs = (base: string, files: string[]) => async () => {
				const paths = files.map((file) => join(base, file));
				const all = [script, join(NODE_PATH, 'n8n-workflow'), ...paths];
				const { stdout } = await execa(node, all, { env: { NODE_PATH } });
				return Number(stdout);
			};
			const times = await alternate(Math.max(runs, minimumRuns), {
				ours: loadMs(folder, ours),
				peer: loadMs(join(NODE_PATH, 'n8n-nodes-base'), slack),
			});
			const { size } = await stat(tarball);
			const [oursMs, peerMs] = [median(times.ours), median(times.peer)];
			return {
				ours: `${oursMs.toFixed(1)} ms; ${(size / 1000).toFixed(0)} kB`,
				peerFigure: `${peerMs.toFixed(1)} ms`,
				ratio: oursMs / peerMs,
				verdict: verdictOn(oursMs <= 30 && size <= 100_000),
				notes: [],
				samples: { oursMs: times.ours, peerMs: times.peer, tarballBytes: [size] },
			};
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	},
};
