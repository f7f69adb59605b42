import axios from 'axios';
import type { AxiosInstance } from 'axios';
import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { z } from 'zod';

import { firstMessage, listen, startedChatSchema } from './chat';
import type { Chat } from './chat';
import { hasData, parseExecution, parseExecutionSummary } from './execution';
import type { BinaryField, Execution, ExecutionStatus, ExecutionSummary } from './execution';
import { waitFor } from './waitFor';
import type { WaitOptions } from './waitFor';
import type { WorkflowJson } from './workflow';

/** How many places an execution may be out of turn in a list of n8n's. */
const pageOverlap = 40;

const cursorSchema = z.object({
	version: z.number(),
	v1: z.object({ id: z.string(), timestamp: z.string() }),
});

/**
 * A cursor of n8n's, moved back a little: n8n orders executions by their start and pages by id, so
 * that one which started out of turn could be on no page at all.
 */
function overlapping(cursor: string): string {
	const { version, v1 } = cursorSchema.parse(
		JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
	);
	const id = String(Number(v1.id) + pageOverlap);
	return Buffer.from(JSON.stringify({ version, v1: { ...v1, id } })).toString('base64url');
}

const workflowSchema = z.object({ id: z.string(), name: z.string(), versionId: z.string() });

/** A workflow that n8n has stored. */
export type StoredWorkflow = z.infer<typeof workflowSchema>;

export const credentialSchema = z.object({ id: z.string(), name: z.string(), type: z.string() });

/** A credential that n8n has stored, without its secrets. */
export type StoredCredential = z.infer<typeof credentialSchema>;

const settingsSchema = z.object({
	userManagement: z.object({ showSetupOnFirstLoad: z.boolean() }),
});

const credentialTestSchema = z.object({ status: z.enum(['OK', 'Error']), message: z.string() });

const publicationSchema = z.object({
	status: z.enum(['in_progress', 'published', 'partial', 'failed', 'not_published']),
	triggers: z.array(
		z.object({ nodeId: z.string(), status: z.string(), errorMessage: z.string().nullable() }),
	),
});

/** How publishing a workflow has gone, with the message that a user sees per trigger. */
export type Publication = z.infer<typeof publicationSchema>;

const listSearchSchema = z.object({
	results: z.array(
		z.object({
			name: z.string(),
			value: z.union([z.string(), z.number(), z.boolean()]),
			url: z.string().optional(),
			description: z.string().optional(),
		}),
	),
	paginationToken: z.unknown(),
});

/** One page of a locator's list. */
export type ListSearchPage = z.infer<typeof listSearchSchema>;

/** What the editor sends when a user opens a locator's list. */
export interface ListSearchRequest {
	nodeType: string;
	methodName: string;
	parameters: INodeParameters;
	credentials: INode['credentials'];
	filter?: string;
	paginationToken?: unknown;
}

const settled: ExecutionStatus[] = ['success', 'error', 'canceled', 'crashed'];

const everyStatus: ExecutionStatus[] = ['new', 'running', 'waiting', ...settled];

/**
 * n8n's own REST API, as its editor uses it. When n8n refuses, a call throws axios's error with
 * n8n's answer in its message.
 */
export class N8nClient {
	private readonly http: AxiosInstance;

	/** @param url where the n8n listens, such as `http://127.0.0.1:5678`. */
	constructor(private readonly url: string) {
		this.http = axios.create({ baseURL: `${url}/rest`, proxy: false });
		this.http.interceptors.response.use(undefined, (error: unknown) => {
			if (axios.isAxiosError(error) && error.response) {
				const answer = z.object({ message: z.string() }).safeParse(error.response.data);
				error.message += ` from n8n's ${error.config?.url}: ${answer.data?.message}`;
			}
			return Promise.reject(error);
		});
	}

	/** Logs in as the owner, who is created first when this n8n has none yet. */
	async logIn({ email, password }: { email: string; password: string }): Promise<void> {
		const settings = settingsSchema.parse(await this.get('/settings'));
		const { headers } = settings.userManagement.showSetupOnFirstLoad
			? await this.http.post('/owner/setup', {
					email,
					password,
					firstName: 'Fax',
					lastName: 'Owner',
				})
			: await this.http.post('/login', { emailOrLdapLoginId: email, password });
		const cookies = z.array(z.string()).parse(headers['set-cookie']);
		this.http.defaults.headers.common.cookie = cookies
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
	}

	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<StoredCredential> {
		return credentialSchema.parse(await this.post('/credentials', { name, type, data }));
	}

	/** Does what the "Retry" button of the credential's dialog does. */
	async testCredential(
		credential: StoredCredential,
	): Promise<z.infer<typeof credentialTestSchema>> {
		const { data } = await this.http.get(`/credentials/${credential.id}`, {
			params: { includeData: true },
		});
		const stored = z.object({ data: z.object({ data: z.record(z.unknown()) }) }).parse(data);
		const credentials = { ...credential, data: stored.data.data };
		return credentialTestSchema.parse(await this.post('/credentials/test', { credentials }));
	}

	/** The node types as the editor gets them, all versions of all nodes. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		const { data } = await this.http.get<INodeTypeDescription[]>('/../types/nodes.json');
		return data;
	}

	/** The preview of an output, `<node type>/<version>/<resource>/<operation>`, as the editor gets it. */
	async outputSchema(path: string): Promise<unknown> {
		return (await this.http.get<unknown>(`/../schemas/${path}.json`)).data;
	}

	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		return workflowSchema.parse(await this.post('/workflows', workflow));
	}

	async updateWorkflow(id: string, workflow: WorkflowJson): Promise<StoredWorkflow> {
		const { data } = await this.http.patch(`/workflows/${id}`, workflow);
		return workflowSchema.parse(unwrap(data));
	}

	/**
	 * Publishes a workflow and waits until n8n has registered its triggers, or has given up: the
	 * status says which.
	 */
	async activate({ id, versionId }: StoredWorkflow, options?: WaitOptions): Promise<Publication> {
		await this.post(`/workflows/${id}/activate`, { versionId });
		return await this.settledPublication(id, options);
	}

	async deactivate({ id }: StoredWorkflow, options?: WaitOptions): Promise<Publication> {
		await this.post(`/workflows/${id}/deactivate`, {});
		return await this.settledPublication(id, options);
	}

	async publication(workflowId: string): Promise<Publication> {
		return publicationSchema.parse(await this.get(`/workflows/${workflowId}/publication-status`));
	}

	private async settledPublication(id: string, options?: WaitOptions): Promise<Publication> {
		return await waitFor(
			`workflow ${id} to be published or unpublished`,
			async () => {
				const publication = await this.publication(id);
				return publication.status === 'in_progress' ? undefined : publication;
			},
			options,
		);
	}

	/** Starts a stored workflow at one of its triggers and returns the id of the execution. */
	async startWorkflow(workflowId: string, triggerName: string): Promise<string> {
		const started = await this.run(workflowId, triggerName);
		return z.object({ executionId: z.string() }).parse(started).executionId;
	}

	protected async run(workflowId: string, triggerName: string): Promise<unknown> {
		return await this.post(`/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name: triggerName },
		});
	}

	/** Lets a stored workflow wait for an event at its test URL, as the editor does. */
	async listenForTestEvent(workflowId: string, triggerName: string): Promise<void> {
		const waiting = await this.run(workflowId, triggerName);
		z.object({ waitingForWebhook: z.literal(true) }).parse(waiting);
	}

	/** Does what the button "Stop listening" does. */
	async stopListening(workflowId: string): Promise<void> {
		await this.http.delete(`/test-webhook/${workflowId}`);
	}

	/** Stores a workflow, runs it from its manual trigger and waits for the end. */
	async runWorkflow(workflow: WorkflowJson, options?: WaitOptions): Promise<Execution> {
		const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		if (!trigger) throw new Error(`The workflow "${workflow.name}" has no manual trigger`);
		const { id } = await this.createWorkflow(workflow);
		return await this.executionEnd(await this.startWorkflow(id, trigger.name), options);
	}

	/** An execution with its data; it must have got as far as having some. */
	async execution(id: string): Promise<Execution> {
		return parseExecution(await this.get(`/executions/${id}`));
	}

	/** Waits until an execution has one of the given statuses; by default, until it has ended. */
	async executionEnd(
		id: string,
		options: WaitOptions & { statuses?: ExecutionStatus[] } = {},
	): Promise<Execution> {
		const { statuses = settled } = options;
		return await waitFor(
			`execution ${id} to be ${statuses.join(', ')}`,
			async () => {
				const raw = await this.get(`/executions/${id}`);
				const { status } = parseExecutionSummary(raw);
				// n8n writes the data after the status.
				return statuses.includes(status) && hasData(raw) ? parseExecution(raw) : undefined;
			},
			options,
		);
	}

	/** The newest executions, running ones included, at most 100. */
	async executions(workflowId?: string): Promise<ExecutionSummary[]> {
		const filter = JSON.stringify(workflowId === undefined ? {} : { workflowId });
		const listed = await this.get('/executions', { filter, limit: '100' });
		const { results } = z.object({ results: z.array(z.unknown()) }).parse(listed);
		// n8n reads running and ended ones one after the other: one that ends in between is in both.
		const byId = new Map(results.map(parseExecutionSummary).map((one) => [one.id, one]));
		return [...byId.values()];
	}

	/** All executions of a workflow, whatever their status. */
	async allExecutions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = JSON.stringify({ workflowId, status: everyStatus });
		const pageSchema = z.object({
			results: z.array(z.unknown()),
			nextCursor: z.string().nullish(),
		});
		// By id, because pages overlap.
		const all = new Map<string, ExecutionSummary>();
		let from: Record<string, string> | undefined = {};
		for (let known = -1; from && all.size > known;) {
			known = all.size;
			const page = await this.get('/executions', { filter, limit: '100', ...from });
			const { results, nextCursor } = pageSchema.parse(page);
			for (const summary of results.map(parseExecutionSummary)) all.set(summary.id, summary);
			from = nextCursor ? { cursor: overlapping(nextCursor) } : undefined;
		}
		return [...all.values()];
	}

	/** How many executions of a workflow have ended well. */
	async countSuccesses(workflowId: string): Promise<number> {
		const filter = JSON.stringify({ workflowId, status: ['success'] });
		const listed = await this.get('/executions', { filter, limit: '1' });
		return z.object({ count: z.number() }).parse(listed).count;
	}

	async stopExecution(id: string): Promise<void> {
		await this.post(`/executions/${id}/stop`, {});
	}

	/** The content of a binary field, wherever n8n keeps it. */
	async binaryContent(field: BinaryField): Promise<Buffer> {
		if (field.id === undefined) return Buffer.from(field.data, 'base64');
		const { data } = await this.http.get('/binary-data', {
			params: { id: field.id, action: 'download' },
			responseType: 'arraybuffer',
		});
		return z.instanceof(Buffer).parse(data);
	}

	/** Starts a chat with a published workflow, as its owner in a browser. */
	async chat(webhookId: string, chatInput: string): Promise<Chat> {
		const message = firstMessage(chatInput);
		const { data } = await this.http.post(`/../webhook/${webhookId}/chat`, message);
		return listen(this.url, message.sessionId, startedChatSchema.parse(data));
	}

	/** Follows a link of n8n's under its public address, as a person in a browser does. */
	async openLink(url: string): Promise<void> {
		const { pathname, search } = new URL(url);
		// n8n takes no answers from the programs that look at links in messages.
		const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0.0.0' };
		await this.http.get(`/..${pathname}${search}`, { headers });
	}

	/** One page of the list that a locator offers in the editor. */
	async listSearch(request: ListSearchRequest): Promise<ListSearchPage> {
		const { nodeType, parameters, ...rest } = request;
		const page = await this.post('/dynamic-node-parameters/resource-locator-results', {
			path: `parameters.${request.methodName}`,
			nodeTypeAndVersion: { name: nodeType, version: 1 },
			currentNodeParameters: parameters,
			...rest,
		});
		return listSearchSchema.parse(page);
	}

	protected async get(path: string, params?: Record<string, string>): Promise<unknown> {
		return unwrap((await this.http.get(path, { params })).data);
	}

	protected async post(path: string, body: object): Promise<unknown> {
		return unwrap((await this.http.post(path, body)).data);
	}
}

function unwrap(answer: unknown): unknown {
	return z.object({ data: z.unknown() }).parse(answer).data;
}
