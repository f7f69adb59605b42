import type {
	ExecutionError,
	ExecutionStatus,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IPinData,
	IRunExecutionData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { CredentialUnderTest } from './credentialsHelper';

/** What an engine is made of: the nodes under test and the credentials they may use. */
export interface EngineSetup {
	nodes: INodeType[];
	credentials?: CredentialUnderTest[];
	/** n8n's own public address, ending in a slash. */
	url?: string;
}

/** A node of a workflow under test. A `type` without a dot is one of this package's nodes. */
export type NodeUnderTest = Partial<INode> & Pick<INode, 'name' | 'type'>;

/** A workflow to run. It starts at the first node, whose items come from `pinData`. */
export interface WorkflowUnderTest {
	nodes: NodeUnderTest[];
	connections: IConnections;
	pinData?: IPinData;
	settings?: IWorkflowSettings;
	staticData?: IDataObject;
}

/** How an execution is run. */
export interface RunOptions {
	mode?: WorkflowExecuteMode;
	executionId?: string;
	/** Cancels the execution, as the user's Stop button does. */
	signal?: AbortSignal;
}

/** One run of one node: a loop runs a node several times. */
export interface NodeRun {
	status: ExecutionStatus | undefined;
	error: ExecutionError | undefined;
	/** The items of each output; the error output is the last. */
	outputs: INodeExecutionData[][];
}

/** The outcome of an execution. */
export interface WorkflowRun {
	executionId: string;
	status: ExecutionStatus;
	error: ExecutionError | undefined;
	/** Until when the execution is parked; undefined when it is not. */
	waitTill: Date | undefined;
	/** Every run of every node that was run, by node name. */
	nodes: Record<string, NodeRun[]>;
	/** What the node has put into its `getContext('node')`. */
	nodeContext(nodeName: string): IDataObject;
	/** What n8n would write to its database. */
	data: IRunExecutionData;
}

/** One node to run between an item source and nothing. */
export interface NodeRunOptions extends RunOptions {
	/** The node's type; the first node of the engine by default. */
	type?: string;
	parameters?: INodeParameters;
	/** The items that arrive at the node; one empty item by default. */
	items?: INodeExecutionData[];
	/** What the user sets on the node's Settings tab, such as `onError` or `retryOnFail`. */
	settings?: Partial<INode>;
	/** Feeds the items to the node through a loop, this many at a time. */
	batchSize?: number;
}

/** The outcome of running one node. */
export interface SingleNodeRun extends WorkflowRun {
	/** The runs of the node; more than one only in a loop. */
	runs: NodeRun[];
	/** The items of the node's first output, those of all runs in order. */
	items: INodeExecutionData[];
}
