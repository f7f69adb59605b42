import { sleep } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/workflow';
import { pdfDocument } from '../../standin';
import { account, resetAccount } from '../account';
import { runAndTime } from '../nodeRuns';
import { watchMemory } from '../processTree';
import { verdictOn } from '../row';
import type { Row } from '../row';
import { median } from '../statistics';
import type { Bench } from '../testBed';
import { httpRequest, manualChain, telnyxFax } from '../workflows';

const mebibyte = 1024 * 1024;

const limitBytes = 40 * mebibyte;

const warmUps = 5;

const documentUrl = 'https://files.example.com/large.pdf';

const receivedFaxId = '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e';

/** A PDF of a size in bytes; what follows the end of a PDF is ignored by its readers. */
async function pdfOf(bytes: number): Promise<Buffer> {
	const pdf = await pdfDocument();
	return Buffer.concat([pdf, Buffer.alloc(bytes - pdf.length, '\n')]);
}

const fetchDocument = httpRequest('Document', {
	url: documentUrl,
	authentication: 'none',
	options: { response: { response: { responseFormat: 'file' } } },
});

function upload(name: string, options: Record<string, unknown>): WorkflowJson {
	return manualChain(name, [
		fetchDocument,
		telnyxFax('Send', {
			resource: 'fax',
			operation: 'send',
			faxApplicationId: { __rl: true, mode: 'id', value: account.applicationId },
			from: { __rl: true, mode: 'number', value: account.number },
			to: '+13127367276',
			options,
		}),
	]);
}

const transfers = {
	'20 MB upload with the fax': { workflow: upload('Upload', {}), bytes: 20 * mebibyte },
	'20 MB upload by Media Storage': {
		workflow: upload('Upload by Media Storage', { clientState: 'referral 4711' }),
		bytes: 20 * mebibyte,
	},
	'50 MB download': {
		workflow: manualChain('Download', [
			telnyxFax('Download', {
				resource: 'fax',
				operation: 'download',
				faxId: { __rl: true, mode: 'id', value: receivedFaxId },
				file: 'document',
			}),
		]),
		bytes: 50 * mebibyte,
	},
};

interface Measured {
	/** Before the execution began, in bytes. */
	idle: number;
	/** The most while the node ran, in bytes. */
	peak: number;
}

/** What n8n holds before an execution, and at most while its last node runs. */
async function measureMemory(bench: Bench, workflow: WorkflowJson): Promise<Measured> {
	const testBed = await bench.testBed();
	const pid = testBed.n8n.pid();
	if (pid === undefined) throw new Error('n8n does not run');
	const { result, samples } = await watchMemory(pid, async () => {
		await sleep(1000);
		const run = await runAndTime(testBed, workflow);
		await sleep(200);
		return run;
	});
	const started = Date.parse(result.execution.startedAt ?? '');
	const ended = result.startedAt + result.nodeMs;
	const idle = samples.filter(({ at }) => at < started).map(({ bytes }) => bytes);
	const during = samples.filter(({ at }) => at >= result.startedAt && at <= ended);
	return { idle: median(idle), peak: Math.max(...during.map(({ bytes }) => bytes)) };
}

export const memory: Row = {
	number: 7,
	work: 'peak memory over idle: 20 MB upload (two ways), 50 MB download',
	peer: '–',
	goal: '≤ 40 MB each, filesystem binary mode',
	measure: async (bench, runs) => {
		const { standIn } = await bench.testBed();
		const samples: Record<string, number[]> = {};
		for (const [name, { workflow, bytes }] of Object.entries(transfers)) {
			resetAccount(standIn);
			standIn.addFax({
				id: receivedFaxId,
				direction: 'inbound',
				status: 'received',
				mediaUrl: documentUrl,
			});
			// Memory that n8n has once taken stays with it: only small files before the first measurement.
			standIn.serve(documentUrl, await pdfDocument());
			let idle = Infinity;
			for (let warmUp = 0; warmUp < warmUps; warmUp++) {
				({ idle } = await measureMemory(bench, workflow));
			}
			standIn.serve(documentUrl, await pdfOf(bytes));
			samples[name] = [];
			for (let run = 0; run < runs; run++) {
				const { peak } = await measureMemory(bench, workflow);
				samples[name].push(peak - idle);
			}
		}
		const peaks = Object.entries(samples).map(([name, all]) => ({ name, bytes: median(all) }));
		return {
			ours: peaks.map(({ bytes }) => `${(bytes / mebibyte).toFixed(0)} MB`).join(', '),
			peerFigure: '–',
			verdict: verdictOn(peaks.every(({ bytes }) => bytes <= limitBytes)),
			notes: peaks.map(({ name, bytes }) => `${name}: ${(bytes / mebibyte).toFixed(1)} MB.`),
			samples,
		};
	},
};
