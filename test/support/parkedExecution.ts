import type { Request, Response } from 'express';
import { parse, stringify } from 'flatted';
import type { IRunExecutionData, IWebhookResponseData } from 'n8n-workflow';

import { webhookContext } from './contexts';
import type { Engine } from './engine';
import type { WorkflowRun, WorkflowUnderTest } from './execution';

/**
 * An execution that a node has put to wait. It is kept the way n8n keeps it, written out as text,
 * so that only what survives the database reaches the node again.
 */
export class ParkedExecution {
	private readonly stored: string;
	private readonly parkedNode: string;
	private resumed: Promise<WorkflowRun> | undefined;

	/** Throws when the execution is not waiting. */
	constructor(
		private readonly engine: Engine,
		private readonly workflow: WorkflowUnderTest,
		private readonly run: WorkflowRun,
	) {
		const { lastNodeExecuted } = run.data.resultData;
		if (run.waitTill === undefined || lastNodeExecuted === undefined) {
			throw new Error(`The execution is not waiting, it is ${run.status}`);
		}
		this.parkedNode = lastNodeExecuted;
		this.stored = stringify(run.data);
	}

	/** The outcome once an event or the time limit has resumed the execution, else undefined. */
	get outcome(): Promise<WorkflowRun> | undefined {
		return this.resumed;
	}

	/**
	 * Hands a call of the resume URL to the parked node's `webhook()`: 401 without the token, 409
	 * once resumed. When the node returns items, the execution goes on with them.
	 */
	async receive(request: Request, response: Response): Promise<IWebhookResponseData> {
		const data = this.load();
		if (request.query.signature !== data.resumeToken) {
			response.status(401).json({ error: 'Invalid token' });
			return { noWebhookResponse: true };
		}
		if (this.resumed !== undefined) {
			response.status(409).json({ message: 'The execution has finished already.' });
			return { noWebhookResponse: true };
		}
		data.waitTill = undefined;
		data.resultData.runData[this.parkedNode]?.pop();
		const [parked] = data.executionData?.nodeExecutionStack ?? [];
		if (parked === undefined) throw new Error('There is no node to resume');
		parked.node.disabled = true;

		const workflow = this.engine.createWorkflow(this.workflow);
		const context = webhookContext(this.engine, workflow, this.parkedNode, {
			request,
			response,
			executionId: this.run.executionId,
			runExecutionData: data,
		});
		const result = await this.engine.nodeType(parked.node.type).webhook?.call(context);
		if (result?.workflowData !== undefined) {
			parked.data.main = result.workflowData;
			parked.metadata = { ...parked.metadata, forwardAllOutputs: true };
			this.resumed = this.resume(data);
		}
		return result ?? {};
	}

	/** Lets the time limit pass: n8n goes on with what the parked node had as its input. */
	async timeOut(): Promise<WorkflowRun> {
		this.resumed ??= this.resume(this.load());
		return await this.resumed;
	}

	private load(): IRunExecutionData {
		const data: IRunExecutionData = parse(this.stored);
		return data;
	}

	private async resume(data: IRunExecutionData): Promise<WorkflowRun> {
		return await this.engine.resume(this.workflow, data, { executionId: this.run.executionId });
	}
}
