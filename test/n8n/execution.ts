import { parse } from 'flatted';
import { z } from 'zod';

const itemSchema = z.object({
	json: z.record(z.unknown()),
	binary: z
		.record(
			z.object({
				id: z.string().optional(),
				data: z.string(),
				mimeType: z.string(),
				fileName: z.string().optional(),
				fileExtension: z.string().optional(),
			}),
		)
		.optional(),
	pairedItem: z.unknown(),
	error: z.unknown(),
});

const errorSchema = z
	.object({ message: z.string(), description: z.string().nullish() })
	.passthrough();

const nodeRunSchema = z.object({
	executionStatus: z.string().optional(),
	startTime: z.number(),
	executionTime: z.number(),
	error: errorSchema.optional(),
	// By the type of the connection: `main`, or `ai_tool` where a model called the node.
	data: z.record(z.array(z.array(itemSchema).nullable())).optional(),
});

const resultSchema = z.object({
	error: errorSchema.optional(),
	lastNodeExecuted: z.string().optional(),
	runData: z.record(z.array(nodeRunSchema)).default({}),
});

const stackSchema = z.object({
	nodeExecutionStack: z.array(z.object({ data: z.object({ main: z.array(z.unknown()) }) })),
});

const dataSchema = z.object({ resultData: resultSchema, executionData: stackSchema.nullish() });

const executionSchema = z.object({
	id: z.string(),
	status: z.enum([
		'new',
		'running',
		'waiting',
		'success',
		'error',
		'canceled',
		'crashed',
		'unknown',
	]),
	workflowId: z.string(),
	mode: z.string(),
	startedAt: z.string().nullish(),
	stoppedAt: z.string().nullish(),
	waitTill: z.string().nullish(),
});

/** An execution as n8n lists it. */
export type ExecutionSummary = z.infer<typeof executionSchema>;

export type ExecutionStatus = ExecutionSummary['status'];

/** An item as a node put it out. */
export type OutputItem = z.infer<typeof itemSchema>;

/** A binary field of an item; `id` is there when the content is kept outside the item. */
export type BinaryField = NonNullable<OutputItem['binary']>[string];

/** What a node, or the whole execution, failed with. */
export type ExecutionError = z.infer<typeof errorSchema>;

/** An execution with everything its nodes put out. */
export interface Execution extends ExecutionSummary {
	error?: ExecutionError;
	lastNodeExecuted?: string;
	/** The items of a node's last run; empty when the node did not run or put out nothing. */
	output(nodeName: string, branch?: number): OutputItem[];
	/** What a tool answered the model, call by call: its items, or the error it ended with. */
	toolCalls(nodeName: string): Array<{ items: OutputItem[]; error?: ExecutionError }>;
	/** The item that started it at a trigger node; known even where the trigger did not get to run. */
	startedBy(triggerName: string): OutputItem | undefined;
	/** When a node's last run began (ms since the epoch) and how long it took (ms). */
	timing(nodeName: string): { startedAt: number; tookMs: number } | undefined;
}

/** Reads what n8n says about an execution besides its data. */
export function parseExecutionSummary(raw: unknown): ExecutionSummary {
	return executionSchema.parse(raw);
}

/** Whether n8n has stored data of an execution yet. */
export function hasData(raw: unknown): boolean {
	const { data } = executionSchema.extend({ data: z.string() }).parse(raw);
	return dataSchema.safeParse(parse(data)).success;
}

/** Reads an execution from n8n's REST API, whose `data` is a string of flattened JSON. */
export function parseExecution(raw: unknown): Execution {
	const { data, ...summary } = executionSchema.extend({ data: z.string() }).parse(raw);
	const { resultData, executionData } = dataSchema.parse(parse(data));
	const stack = executionData?.nodeExecutionStack.at(0)?.data.main.at(0);
	return {
		...summary,
		error: resultData.error,
		lastNodeExecuted: resultData.lastNodeExecuted,
		output: (nodeName, branch = 0) =>
			resultData.runData[nodeName]?.at(-1)?.data?.main?.at(branch) ?? [],
		toolCalls: (nodeName) =>
			(resultData.runData[nodeName] ?? []).map(({ data, error }) => ({
				items: data?.ai_tool?.at(0) ?? [],
				error,
			})),
		startedBy: (triggerName) => {
			const ran = resultData.runData[triggerName]?.at(0)?.data?.main?.at(0)?.at(0);
			return ran ?? z.array(itemSchema).safeParse(stack).data?.at(0);
		},
		timing: (nodeName) => {
			const run = resultData.runData[nodeName]?.at(-1);
			return run && { startedAt: run.startTime, tookMs: run.executionTime };
		},
	};
}
