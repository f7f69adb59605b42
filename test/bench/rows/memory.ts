import { sleep } from 'n8n-workflow';

import type { TestBed } from '../../n8n/testBed';
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

type WorkflowNode = WorkflowJson['nodes'][number];

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

const download = telnyxFax('Download', {
	resource: 'fax',
	operation: 'download',
	faxId: { __rl: true, mode: 'id', value: receivedFaxId },
	file: 'document',
});

function upload(options: Record<string, unknown>): WorkflowNode {
	return telnyxFax('Send', {
		resource: 'fax',
		operation: 'send',
		faxApplicationId: { __rl: true, mode: 'id', value: account.applicationId },
		from: { __rl: true, mode: 'number', value: account.number },
		to: '+13127367276',
		options,
	});
}

const mebibytes = { upload: 20, download: 50, hugeDownload: 150 };

interface Transfer {
	name: string;
	node: WorkflowNode;
	bytes: number;
}

const ours: Transfer[] = [
	{ name: 'upload with the fax', node: upload({}), bytes: mebibytes.upload * mebibyte },
	{
		name: 'upload by Media Storage',
		node: upload({ clientState: 'referral 4711' }),
		bytes: mebibytes.upload * mebibyte,
	},
	{ name: 'download', node: download, bytes: mebibytes.download * mebibyte },
];

/** Three times as large as any fax: shows whether memory grows with the file. */
const huge: Transfer = {
	name: 'huge download',
	node: download,
	bytes: mebibytes.hugeDownload * mebibyte,
};

const field = (name: string, value: string) => ({ parameterType: 'formData', name, value });

const peers: Transfer[] = [
	{
		name: 'upload by HTTP Request',
		node: httpRequest('Send', {
			method: 'POST',
			url: 'https://api.telnyx.com/v2/faxes',
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: {
				parameters: [
					field('connection_id', account.applicationId),
					field('from', account.number),
					field('to', '+13127367276'),
					{ parameterType: 'formBinaryData', name: 'contents', inputDataFieldName: 'data' },
				],
			},
			options: {},
		}),
		bytes: mebibytes.upload * mebibyte,
	},
	{
		name: 'download by HTTP Request',
		node: { ...fetchDocument, name: 'Download' },
		bytes: mebibytes.download * mebibyte,
	},
];

/** A workflow that starts with a file that n8n has stored earlier, so that only `node` moves bytes. */
async function withStoredFile({ standIn, n8n }: TestBed, bytes: number, node: WorkflowNode) {
	standIn.serve(documentUrl, await pdfOf(bytes));
	const stored = await n8n.client.runWorkflow(manualChain('Store a file', [fetchDocument]));
	const workflow = manualChain(`${node.name} ${bytes} bytes`, [node]);
	return { ...workflow, pinData: { Start: stored.output('Document') } };
}

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

/** The growth of n8n's memory by one transfer of a small and of a large file, in bytes. */
async function growthBy(
	bench: Bench,
	{ node, bytes }: Transfer,
): Promise<{ small: number; large: number }> {
	const testBed = await bench.testBed();
	const { standIn, n8n } = testBed;
	resetAccount(standIn);
	standIn.addFax({
		id: receivedFaxId,
		direction: 'inbound',
		status: 'received',
		mediaUrl: documentUrl,
	});
	const large = await withStoredFile(testBed, bytes, node);
	const small = await withStoredFile(testBed, 2000, node);
	// Memory that n8n has once taken stays with it, so that only a fresh one shows what a file takes.
	await n8n.restart();
	for (let warmUp = 0; warmUp < warmUps; warmUp++) await runAndTime(testBed, small);
	const control = await measureMemory(bench, small);
	standIn.serve(documentUrl, await pdfOf(bytes));
	standIn.requests.length = 0;
	standIn.downloads.length = 0;
	const measured = await measureMemory(bench, large);
	const moved = [...standIn.requests, ...standIn.downloads].some(
		({ parts, status, path }) =>
			parts?.some(({ size }) => size === bytes) || (status === 200 && path === '/large.pdf'),
	);
	if (!moved) throw new Error(`"${node.name}" moved no file of ${bytes} bytes`);
	return { small: control.peak - control.idle, large: measured.peak - measured.idle };
}

interface Growths {
	name: string;
	small: number[];
	large: number[];
}

async function measureAll(bench: Bench, transfers: Transfer[], runs: number): Promise<Growths[]> {
	const found = transfers.map(({ name }): Growths => ({ name, small: [], large: [] }));
	for (let run = 0; run < runs; run++) {
		for (const [index, transfer] of transfers.entries()) {
			const { small, large } = await growthBy(bench, transfer);
			found[index].small.push(small);
			found[index].large.push(large);
		}
	}
	return found;
}

function inMebibytes(sides: number[][]): string {
	return `${sides.map((bytes) => (median(bytes) / mebibyte).toFixed(0)).join(', ')} MB`;
}

export const memory: Row = {
	number: 7,
	work: `peak memory over idle: ${mebibytes.upload} MB upload (with the fax, by Media Storage), ${mebibytes.download} MB download`,
	peer: 'HTTP Request node (upload, download)',
	goal: '≤ 40 MB each, filesystem binary mode',
	measure: async (bench, runs) => {
		const found = await measureAll(bench, [...ours, ...peers, huge], runs);
		const own = found.slice(0, ours.length);
		const others = found.slice(ours.length, -1);
		const large = (all: Growths[]) => inMebibytes(all.map((one) => one.large));
		const fits = (one: Growths) => median(one.large) <= limitBytes;
		const [downloaded, hugeDownloaded] = [own[own.length - 1], found[found.length - 1]];
		const grows = median(hugeDownloaded.large) > 2 * median(downloaded.large);
		return {
			ours: large(own),
			peerFigure: large(others),
			verdict: verdictOn(own.every(fits) && !grows, others.every(fits) || grows),
			notes: [
				`The same executions with a file of 2 kB take ${inMebibytes(own.map(({ small }) => small))}: that is n8n's own.`,
				`A download of ${mebibytes.hugeDownload} MB takes ${large([hugeDownloaded])}: ${
					grows
						? 'memory grows with the file.'
						: 'memory does not grow with the file, but Node frees what it has read late.'
				}`,
			],
			samples: Object.fromEntries(
				found.flatMap(({ name, small, large: bytes }) => [
					[`${name}, bytes`, bytes],
					[`${name}, bytes with a file of 2 kB`, small],
				]),
			),
		};
	},
};
