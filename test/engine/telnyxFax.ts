import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { TelnyxFax } from '../../nodes/TelnyxFax/TelnyxFax.node';
import type { RecordedRequest, StandIn, StandInOptions } from '../standin';
import { pdfDocument } from '../standin';
import { storeBinary } from '../support/binaryData';
import type { Engine } from '../support/engine';
import type { NodeRunOptions, SingleNodeRun } from '../support/execution';
import { startTelnyx } from '../support/telnyx';
import type { Telnyx } from '../support/telnyx';

/** The action node in front of a stand-in for Telnyx. */
export interface TelnyxFaxFixture {
	readonly standIn: StandIn;
	readonly engine: Engine;
	/** The fax application that the account starts with. */
	readonly applicationId: string;
	/** Runs the node; the stand-in's API key is in its credential. */
	run(parameters: INodeParameters, options?: NodeRunOptions): Promise<SingleNodeRun>;
	/** An engine with another API key. */
	engineWithKey(apiKey: string): Engine;
	/** The requests so far, `POST /faxes` and the like, or only those of one method and path. */
	calls(call?: string): RecordedRequest[];
}

/** `GET /faxes` and so on, as the documentation names a request; ids stay as they are. */
export function nameOf({ method, path }: RecordedRequest): string {
	return `${method} ${path.replace('/v2', '')}`;
}

/**
 * Starts a stand-in for the tests of a file and gives them the node to run against it. The account
 * is fresh for each test.
 */
export function useTelnyxFax(options: StandInOptions = {}): TelnyxFaxFixture {
	jest.setTimeout(30_000);
	let telnyx: Telnyx;
	let engine: Engine;
	beforeAll(async () => {
		telnyx = await startTelnyx(options);
		engine = telnyx.createEngine([new TelnyxFax()]);
	});
	beforeEach(() => telnyx.standIn.reset());
	afterAll(async () => await telnyx.close());
	return {
		get standIn() {
			return telnyx.standIn;
		},
		get engine() {
			return engine;
		},
		get applicationId() {
			const [id] = telnyx.standIn.applications.keys();
			return id;
		},
		run: async (parameters, more) => await engine.runNode({ parameters, ...more }),
		engineWithKey: (apiKey) => telnyx.createEngine([new TelnyxFax()], { credential: { apiKey } }),
		calls: (call) =>
			telnyx.standIn.requests.filter((request) => call === undefined || nameOf(request) === call),
	};
}

/** A value of a resource locator as the editor stores it. */
export function locator(value: string | number, mode = 'id'): INodeParameters {
	return { __rl: true, mode, value };
}

/** Numbers of the stand-in's account, and one that is not of it. */
export const numbers = {
	ours: '+13125790015',
	ours2: '+13127367276',
	free: '+17733372107',
	recipient: '+13125550002',
};

/** The parameters to fax a link, which needs nothing but the recipient. */
export function faxOfUrl(more: INodeParameters = {}): INodeParameters {
	return {
		resource: 'fax',
		operation: 'send',
		from: locator(numbers.ours, 'number'),
		to: numbers.recipient,
		documentSource: 'url',
		mediaUrl: 'https://documents.example.com/referral.pdf',
		...more,
	};
}

/** The parameters to fax the file in the field `data`. */
export function faxOfBinary(more: INodeParameters = {}): INodeParameters {
	return {
		resource: 'fax',
		operation: 'send',
		from: locator(numbers.ours, 'number'),
		to: numbers.recipient,
		...more,
	};
}

/** An item with a file in the field `data`; a PDF of two pages unless told otherwise. */
export async function itemWithFile(
	file: { content?: Buffer; fileName?: string; mimeType?: string } = {},
): Promise<INodeExecutionData> {
	const { fileName = 'referral.pdf', mimeType = 'application/pdf' } = file;
	const content = file.content ?? (await pdfDocument());
	return { json: {}, binary: { data: await storeBinary({ content, fileName, mimeType }) } };
}

/** Items whose JSON is given. */
export function itemsOf(...rows: IDataObject[]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}
