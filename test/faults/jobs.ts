import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { pdfDocument } from '../standin';
import { storeBinary } from '../support/binaryData';
import { createRandom } from './random';

/** How a document gets to Telnyx: by its URL, with the fax, or by way of Media Storage. */
export type Channel = 'url' | 'multipart' | 'mediaStorage';

/** One fax that the user wants to send, item for item. */
export interface Job {
	channel: Channel;
	to: string;
	/** The name of the document: the last part of its URL, or its file name. */
	document: string;
}

/** Where the documents are that Telnyx fetches by their URL. */
export const documentFolder = 'https://files.example.com/';

/** The parameters that turn each item of `itemsOf` into its fax. */
export const parameters: INodeParameters = {
	resource: 'fax',
	operation: 'send',
	faxApplicationId: { __rl: true, mode: 'id', value: '={{ $json.application }}' },
	from: { __rl: true, mode: 'number', value: '={{ $json.from }}' },
	to: '={{ $json.to }}',
	documentSource: '={{ $json.channel === "url" ? "url" : "binary" }}',
	mediaUrl: `=${documentFolder}{{ $json.document }}`,
	options: { clientState: '={{ $json.reference }}' },
};

/** n8n decides by the first item whether it runs the node again. */
const first: Job = { channel: 'url', to: '+13125559999', document: 'first.pdf' };

const channels: Channel[] = ['url', 'multipart', 'mediaStorage'];

/**
 * Faxes as people send them: most to different numbers, several to the same number, some of those
 * with the very same document.
 */
export function makeJobs(seed: number, count: number): Job[] {
	const random = createRandom(seed);
	const jobs: Job[] = [];
	while (jobs.length < count - 1) {
		const to = `+1312${5_560_000 + jobs.length}`;
		const channel = random.pick(channels);
		const copies = random.happens(0.15) ? random.between(2, 4) : 1;
		const sameDocument = random.happens(0.6);
		for (let copy = 0; copy < copies && jobs.length < count - 1; copy++) {
			const document = sameDocument ? `${to}.pdf` : `${to}-${copy}.pdf`;
			jobs.push({ channel, to, document });
		}
	}
	// Faxes to the same number shall not always go out next to each other.
	const shuffled = jobs
		.map((job) => ({ job, place: random.between(0, 1_000_000) }))
		.sort((one, other) => one.place - other.place)
		.map(({ job }) => job);
	return [first, ...shuffled];
}

/** The items of a workflow that wants to send `jobs`. */
export async function itemsOf(
	jobs: Job[],
	application: string,
	from: string,
): Promise<INodeExecutionData[]> {
	const content = await pdfDocument({ pages: 1 });
	const items = jobs.map(async ({ channel, to, document }, index): Promise<INodeExecutionData> => {
		const reference = channel === 'mediaStorage' ? `order ${index}` : '';
		const json = { application, from, to, channel, document, reference };
		if (channel === 'url') return { json };
		const file = { content, fileName: document, mimeType: 'application/pdf' };
		return { json, binary: { data: await storeBinary(file) } };
	});
	return await Promise.all(items);
}
