import { z } from 'zod';

import { startService } from './service';
import type { Service } from './service';

/** What the scripted model answers in one turn: words, or calls of tools. */
export type Turn = { text: string } | { calls: Array<{ tool: string; input: object }> };

const requestSchema = z.object({
	messages: z.array(
		z.object({ role: z.string(), content: z.unknown(), tool_call_id: z.string().optional() }),
	),
	tools: z
		.array(
			z.object({
				function: z.object({
					name: z.string(),
					description: z.string(),
					parameters: z.record(z.unknown()),
				}),
			}),
		)
		.default([]),
});

/** A request to the model: the conversation so far, and the tools it may call. */
export type ModelRequest = z.infer<typeof requestSchema>;

/** A stand-in for OpenAI's chat completions whose answers are given in advance. */
export interface ScriptedModel extends Service {
	/** For the field Base URL of n8n's OpenAI credential. */
	baseUrl: string;
	/** Sets the turns that come next; a request beyond them is answered with an error. */
	script(...turns: Turn[]): void;
	/** What n8n asked the model, since the last `script`. */
	asked: ModelRequest[];
}

function messageOf(turn: Turn, turnIndex: number): object {
	if ('text' in turn) return { role: 'assistant', content: turn.text };
	return {
		role: 'assistant',
		content: null,
		tool_calls: turn.calls.map(({ tool, input }, index) => ({
			id: `call_${turnIndex}_${index}`,
			type: 'function',
			function: { name: tool, arguments: JSON.stringify(input) },
		})),
	};
}

/** Starts a chat model that follows a script. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	const asked: ModelRequest[] = [];
	let turns: Turn[] = [];
	const service = await startService((app) => {
		app.post('/v1/chat/completions', (req, res) => {
			const turnIndex = asked.push(requestSchema.parse(req.body)) - 1;
			const turn = turns[turnIndex];
			if (turn === undefined) {
				res.status(400).json({ error: { message: 'The script has no further turn' } });
				return;
			}
			res.json({
				id: `completion-${turnIndex}`,
				object: 'chat.completion',
				created: 1,
				model: 'scripted',
				choices: [
					{
						index: 0,
						message: messageOf(turn, turnIndex),
						finish_reason: 'text' in turn ? 'stop' : 'tool_calls',
					},
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			});
		});
	});
	return {
		...service,
		baseUrl: `${service.origin}/v1`,
		asked,
		script: (...next) => {
			turns = next;
			asked.length = 0;
		},
	};
}
