import { z } from 'zod';

import { startService } from './service';
import type { Service } from './service';

const messageSchema = z.object({
	channel: z.string(),
	text: z.string().optional(),
	blocks: z
		.array(z.object({ elements: z.array(z.unknown()).optional() }).passthrough())
		.default([]),
});

const buttonSchema = z.object({ text: z.object({ text: z.string() }), url: z.string() });

/** A message that was posted to a channel. */
export interface SlackMessage {
	channel: string;
	/** Everything that a person reads, as one text. */
	text: string;
	/** Links behind the buttons, by their labels. */
	buttons: Record<string, string>;
}

/** A stand-in for Slack's Web API that takes messages. */
export interface Slack extends Service {
	messages: SlackMessage[];
}

function messageOf(body: unknown): SlackMessage {
	const { channel, text, blocks } = messageSchema.parse(body);
	const buttons = blocks.flatMap(({ elements = [] }) =>
		elements.flatMap((element) => buttonSchema.safeParse(element).data ?? []),
	);
	return {
		channel,
		text: [text, JSON.stringify(blocks)].join('\n'),
		buttons: Object.fromEntries(buttons.map((button) => [button.text.text, button.url])),
	};
}

/** Starts a Slack; it plays `slack.com`. */
export async function startSlack(): Promise<Slack> {
	const messages: SlackMessage[] = [];
	const service = await startService((app) => {
		app.post('/api/chat.postMessage', (req, res) => {
			messages.push(messageOf(req.body));
			res.json({ ok: true, channel: 'C1', ts: String(messages.length), message: {} });
		});
	});
	return { ...service, messages };
}
