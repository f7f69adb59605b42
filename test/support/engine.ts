import './n8nEnvironment';

import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	INode,
	INodeType,
	IRun,
	IRunExecutionData,
	ITaskData,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { createAdditionalData, N8N_URL } from './additionalData';
import { InMemoryCredentialsHelper } from './credentialsHelper';
import type {
	EngineSetup,
	NodeRun,
	NodeRunOptions,
	NodeUnderTest,
	RunOptions,
	SingleNodeRun,
	WorkflowRun,
	WorkflowUnderTest,
} from './execution';
import { ITEM_SOURCE, LOOP_OVER_ITEMS, NodeTypesUnderTest, PACKAGE_NAME } from './nodeTypes';

/** The name of the node that `runNode` runs. */
export const NODE_NAME = 'Node Under Test';

let lastExecutionId = 0;

/** Runs workflows with the nodes under test through n8n's own execution engine. */
export class Engine {
	private readonly url: string;
	private readonly credentialsHelper: InMemoryCredentialsHelper;
	private readonly nodeTypes: NodeTypesUnderTest;
	private readonly credentialTypes: string[];
	readonly defaultType: string;

	constructor({ nodes, credentials = [], url = N8N_URL }: EngineSetup) {
		this.url = url;
		this.nodeTypes = new NodeTypesUnderTest(nodes);
		this.credentialsHelper = new InMemoryCredentialsHelper(credentials);
		this.credentialTypes = credentials.map(({ type }) => type.name);
		this.defaultType = nodes[0]?.description.name ?? ITEM_SOURCE;
	}

	/** Builds a workflow as n8n loads it: defaults are filled in, hidden parameters dropped. */
	createWorkflow({ nodes, connections, settings, staticData }: WorkflowUnderTest): Workflow {
		return new Workflow({
			id: 'test-workflow',
			name: 'Test Workflow',
			active: true,
			nodeTypes: this.nodeTypes,
			nodes: nodes.map((node) => this.completeNode(node)),
			connections,
			settings: { executionOrder: 'v1', ...settings },
			staticData,
		});
	}

	/** The type of a node by its name, with or without the package; the first one by default. */
	nodeType(type = this.defaultType): INodeType {
		return this.nodeTypes.getByName(fullType(type));
	}

	/** Runs a workflow to its end. Throws when n8n refuses to start it, e.g. a missing parameter. */
	async runWorkflow(
		description: WorkflowUnderTest,
		options: RunOptions = {},
	): Promise<WorkflowRun> {
		const workflow = this.createWorkflow(description);
		const startNode = workflow.getNode(description.nodes[0]?.name ?? '');
		if (startNode === null) throw new Error('A workflow under test needs a node');
		const { pinData } = description;
		return await this.finish(workflow, options, (execution) =>
			execution.run({ workflow, startNode, pinData }),
		);
	}

	/** Goes on with an execution that was parked, from what n8n had stored of it. */
	async resume(
		description: WorkflowUnderTest,
		stored: IRunExecutionData,
		options: RunOptions = {},
	): Promise<WorkflowRun> {
		const workflow = this.createWorkflow(description);
		return await this.finish(
			workflow,
			options,
			(execution) => execution.processRunExecutionData(workflow),
			stored,
		);
	}

	/** Runs one node on a list of items. */
	async runNode(options: NodeRunOptions = {}): Promise<SingleNodeRun> {
		const { type = this.defaultType, parameters = {}, items = [{ json: {} }], settings } = options;
		const source: NodeUnderTest = { name: 'Source', type: ITEM_SOURCE };
		const node: NodeUnderTest = { name: NODE_NAME, type, parameters, ...settings };
		const loop: NodeUnderTest = {
			name: 'Loop',
			type: LOOP_OVER_ITEMS,
			parameters: { batchSize: options.batchSize ?? 0 },
		};
		const looped = options.batchSize !== undefined;
		const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
		const run = await this.runWorkflow(
			{
				nodes: looped ? [source, loop, node] : [source, node],
				connections: looped
					? {
							Source: { main: [to('Loop')] },
							Loop: { main: [[], to(NODE_NAME)] },
							[NODE_NAME]: { main: [to('Loop')] },
						}
					: { Source: { main: [to(NODE_NAME)] } },
				pinData: { Source: items },
			},
			options,
		);
		const runs = run.nodes[NODE_NAME] ?? [];
		return { ...run, runs, items: runs.flatMap(({ outputs }) => outputs[0] ?? []) };
	}

	/** The additional data for one execution of a workflow, lifecycle hooks included. */
	executionData(
		workflow: Workflow,
		{ mode = 'trigger', executionId = String(++lastExecutionId) }: RunOptions = {},
	): IWorkflowExecuteAdditionalData {
		const hooks = new ExecutionLifecycleHooks(mode, executionId, {
			id: workflow.id,
			name: workflow.name ?? '',
			active: workflow.active,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			nodes: Object.values(workflow.nodes),
			connections: workflow.connectionsBySourceNode,
		});
		return createAdditionalData(this.credentialsHelper, this.url, {
			hooks,
			executionId,
			workflowId: workflow.id,
		});
	}

	private async finish(
		workflow: Workflow,
		{ mode = 'trigger', executionId, signal }: RunOptions,
		start: (execution: WorkflowExecute) => ReturnType<WorkflowExecute['run']>,
		stored?: IRunExecutionData,
	): Promise<WorkflowRun> {
		const additionalData = this.executionData(workflow, { mode, executionId });
		const execution = start(new WorkflowExecute(additionalData, mode, stored));
		const cancel = () => execution.cancel();
		if (signal?.aborted === true) cancel();
		signal?.addEventListener('abort', cancel);
		try {
			return summarise(additionalData.executionId ?? '', await execution, workflow);
		} finally {
			signal?.removeEventListener('abort', cancel);
		}
	}

	private completeNode({ type, ...node }: NodeUnderTest): INode {
		return {
			id: `id of ${node.name}`,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
			waitBetweenTries: 1,
			credentials: Object.fromEntries(
				this.credentialTypes.map((name) => [name, { id: 'test-credential', name }]),
			),
			...node,
			type: fullType(type),
		};
	}
}

function fullType(type: string): string {
	const complete = [ITEM_SOURCE, LOOP_OVER_ITEMS].includes(type) || type.includes('.');
	return complete ? type : `${PACKAGE_NAME}.${type}`;
}

function nodeRun({ executionStatus, error, data }: ITaskData): NodeRun {
	return {
		status: executionStatus,
		error,
		outputs: (data?.main ?? []).map((items) => items ?? []),
	};
}

function summarise(
	executionId: string,
	{ status, data, waitTill }: IRun,
	workflow: Workflow,
): WorkflowRun {
	return {
		executionId,
		status,
		data,
		error: data.resultData.error,
		waitTill: waitTill ?? undefined,
		nodes: Object.fromEntries(
			Object.entries(data.resultData.runData).map(([name, runs]) => [name, runs.map(nodeRun)]),
		),
		nodeContext: (nodeName) => {
			if (workflow.getNode(nodeName) === null) throw new Error(`There is no node "${nodeName}"`);
			return data.executionData?.contextData[`node:${nodeName}`] ?? {};
		},
	};
}
