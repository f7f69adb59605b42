import './n8nEnvironment';

import { HookContext, LoadOptionsContext, WebhookContext } from 'n8n-core';
import type { Request, Response } from 'express';
import type {
	INode,
	INodeListSearchResult,
	INodeParameters,
	IRunExecutionData,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowActivateMode,
} from 'n8n-workflow';

import type { Engine } from './engine';
import { NODE_NAME } from './engine';

function nodeOf(workflow: Workflow, nodeName: string): INode {
	const node = workflow.getNode(nodeName);
	if (node === null) throw new Error(`There is no node "${nodeName}"`);
	return node;
}

function webhookOf(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
	isTest: boolean,
): IWebhookData {
	const { description } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const [webhookDescription] = description.webhooks ?? [];
	if (webhookDescription === undefined) throw new Error(`"${node.name}" has no webhook`);
	return {
		httpMethod: 'POST',
		node: node.name,
		path: webhookDescription.path,
		webhookDescription,
		workflowId: workflow.id,
		workflowExecuteAdditionalData: additionalData,
		isTest,
	};
}

/** What `checkExists`, `create` and `delete` of a trigger get as `this`. */
export function hookContext(
	engine: Engine,
	workflow: Workflow,
	nodeName: string,
	{
		activation = 'activate',
		isTest = false,
	}: { activation?: WorkflowActivateMode; isTest?: boolean } = {},
): HookContext {
	const node = nodeOf(workflow, nodeName);
	const mode = isTest ? 'manual' : 'trigger';
	const additionalData = engine.executionData(workflow, { mode });
	const webhook = webhookOf(workflow, node, additionalData, isTest);
	return new HookContext(workflow, node, additionalData, mode, activation, webhook);
}

/** A request that arrived for a node, and for a parked execution what it had stored. */
export interface WebhookCall {
	request: Request;
	response: Response;
	isTest?: boolean;
	executionId?: string;
	runExecutionData?: IRunExecutionData;
}

/** What the `webhook()` of a node gets as `this`. */
export function webhookContext(
	engine: Engine,
	workflow: Workflow,
	nodeName: string,
	{ request, response, isTest = false, executionId, runExecutionData }: WebhookCall,
): WebhookContext {
	const node = nodeOf(workflow, nodeName);
	const mode = isTest ? 'manual' : 'webhook';
	const additionalData = engine.executionData(workflow, { mode, executionId });
	additionalData.httpRequest = request;
	additionalData.httpResponse = response;
	const webhook = webhookOf(workflow, node, additionalData, isTest);
	return new WebhookContext(
		workflow,
		node,
		additionalData,
		mode,
		webhook,
		[],
		runExecutionData ?? null,
	);
}

/** What the user has on screen while a list is being loaded. */
export interface EditorState {
	/** The node's type; the first node of the engine by default. */
	type?: string;
	parameters?: INodeParameters;
}

/** What list search and load options methods get as `this`. */
export function loadOptionsContext(
	engine: Engine,
	{ type = engine.defaultType, parameters = {} }: EditorState = {},
): LoadOptionsContext {
	const workflow = engine.createWorkflow({
		nodes: [{ name: NODE_NAME, type, parameters }],
		connections: {},
	});
	const node = nodeOf(workflow, NODE_NAME);
	const additionalData = engine.executionData(workflow);
	additionalData.currentNodeParameters = node.parameters;
	return new LoadOptionsContext(workflow, node, additionalData, '');
}

/** A search typed into a resource locator, and the token of the page to continue at. */
export interface ListSearch extends EditorState {
	filter?: string;
	paginationToken?: string;
}

/** Calls a list search method by name, as the editor does. Throws when the node has none. */
export async function searchList(
	engine: Engine,
	methodName: string,
	{ filter, paginationToken, ...state }: ListSearch = {},
): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(engine, state);
	const { methods } = engine.nodeType(state.type);
	const method = methods?.listSearch?.[methodName];
	if (method === undefined) throw new Error(`There is no list search "${methodName}"`);
	return await method.call(context, filter, paginationToken);
}
