import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { TelnyxFax } from '../../../nodes/TelnyxFax/TelnyxFax.node';
import type {
	DeliveryAttempt,
	Fax,
	FaxStatus,
	RecordedRequest,
	StandIn,
	StandInOptions,
} from '../../standin';
import type { Engine } from '../../support/engine';
import type { WorkflowRun, WorkflowUnderTest } from '../../support/execution';
import { ITEM_SOURCE } from '../../support/nodeTypes';
import { ParkedExecution } from '../../support/parkedExecution';
import { startTelnyx } from '../../support/telnyx';
import type { Telnyx } from '../../support/telnyx';
import { serveWebhook } from '../../support/webhookServer';
import type { WebhookServer } from '../../support/webhookServer';
import { faxOfUrl, nameOf } from '../telnyxFax';
import { deliverEvent, endFax } from './faxEvents';
import type { Arrival } from './faxEvents';

const faxNode = 'Send and wait';
const publicHost = 'n8n.example.com';

/** What to run the node with, besides its parameters. */
export interface WaitingOptions {
	/** The items that arrive at the node; one empty item by default. */
	items?: INodeExecutionData[];
	/** What the user sets on the node's Settings tab. */
	settings?: Partial<INode>;
	/** n8n's own public address. */
	url?: string;
}

/** Send and Wait for Result in front of a stand-in that can reach its resume URL. */
export interface WaitingFixture {
	readonly standIn: StandIn;
	/** Runs the operation until it is parked or has ended. */
	run(parameters?: INodeParameters, options?: WaitingOptions): Promise<WorkflowRun>;
	/** The faxes that Telnyx has accepted, in that order. */
	faxes(): Fax[];
	/**
	 * Ends a fax at Telnyx, and delivers the event once to the fax's webhook URL.
	 *
	 * @param failureReason of a fax that fails
	 */
	finish(fax: Fax, failureReason?: string): Promise<DeliveryAttempt>;
	/** Delivers an event of a fax once, whatever Telnyx knows of the fax. */
	deliver(fax: Fax, status: FaxStatus, arrival?: Arrival): Promise<DeliveryAttempt>;
	/** The execution's outcome after it was resumed; throws while it is still parked. */
	outcome(): Promise<WorkflowRun>;
	isParked(): boolean;
	/** Lets the time limit of the parked execution pass. */
	timeOut(): Promise<WorkflowRun>;
	/** The requests so far, or those of one method and path. */
	calls(call?: string): RecordedRequest[];
}

/** The JSON of a run's results, in the order of the output. */
export function resultsOf(run: WorkflowRun): IDataObject[] {
	return itemsOf(run).map(({ json }) => json);
}

/** The output items of the node. */
export function itemsOf(run: WorkflowRun): INodeExecutionData[] {
	return run.nodes[faxNode]?.at(-1)?.outputs[0] ?? [];
}

function workflowOf(
	parameters: INodeParameters,
	items: INodeExecutionData[],
	settings: Partial<INode>,
): WorkflowUnderTest {
	return {
		nodes: [
			{ name: 'Source', type: ITEM_SOURCE },
			{ name: faxNode, type: 'telnyxFax', parameters, ...settings },
		],
		connections: { Source: { main: [[{ node: faxNode, type: 'main', index: 0 }]] } },
		pinData: { Source: items },
	};
}

/**
 * Starts a stand-in and an n8n that Telnyx can reach for the tests of a file. The account is fresh
 * for each test; unless `stepMs` says otherwise, faxes stay queued until a test ends them.
 */
export function useWaitingFax(options: StandInOptions = {}): WaitingFixture {
	let telnyx: Telnyx;
	let server: WebhookServer;
	let parked: ParkedExecution | undefined;
	beforeAll(async () => {
		telnyx = await startTelnyx({ stepMs: 3_600_000, ...options });
		server = await serveWebhook(async (request, response) => {
			if (parked) return await parked.receive(request, response);
			response.status(409).json({ message: 'The execution is running already.' });
			return { noWebhookResponse: true };
		});
		telnyx.standIn.hosts.set(publicHost, server.url);
	});
	beforeEach(() => {
		parked = undefined;
		telnyx.standIn.reset();
	});
	afterAll(async () => {
		await telnyx.close();
		await server.close();
	});

	const engineFor = (url?: string): Engine => telnyx.createEngine([new TelnyxFax()], { url });
	return {
		get standIn() {
			return telnyx.standIn;
		},
		run: async (parameters = {}, { items = [{ json: {} }], settings = {}, url } = {}) => {
			const engine = engineFor(url);
			const operation = faxOfUrl({ operation: 'sendAndWaitForResult', ...parameters });
			const workflow = workflowOf(operation, items, settings);
			const run = await engine.runWorkflow(workflow);
			parked = run.waitTill ? new ParkedExecution(engine, workflow, run) : undefined;
			return run;
		},
		faxes: () => [...telnyx.standIn.faxes.values()],
		finish: async (fax, failureReason) => {
			endFax(fax, failureReason);
			return await deliverEvent(telnyx.standIn, fax, fax.status);
		},
		deliver: async (fax, status, arrival) =>
			await deliverEvent(telnyx.standIn, fax, status, arrival),
		outcome: async () => {
			const run = await parked?.outcome;
			if (run === undefined) throw new Error('Nothing has resumed the execution');
			return run;
		},
		isParked: () => parked !== undefined && parked.outcome === undefined,
		timeOut: async () => {
			if (parked === undefined) throw new Error('The execution is not parked');
			return await parked.timeOut();
		},
		calls: (call) =>
			telnyx.standIn.requests.filter((request) => call === undefined || nameOf(request) === call),
	};
}
