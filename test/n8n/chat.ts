import { randomUUID } from 'node:crypto';

import { WebSocket } from 'undici';
import { z } from 'zod';

/** What n8n answers to the first message of a chat. */
export const startedChatSchema = z.object({ executionId: z.string(), resumeToken: z.string() });

/** A chat in a browser: n8n's answers come through its connection. */
export interface Chat {
	executionId: string;
	/** What the person was told so far. */
	answers: string[];
	close(): void;
}

const heartbeat = 'n8n|heartbeat';

/** The message that starts a chat, as n8n's chat page sends it. */
export function firstMessage(chatInput: string) {
	return { action: 'sendMessage', sessionId: randomUUID(), chatInput };
}

/** Listens to the answers of a chat that has begun, the way n8n's chat page does. */
export function listen(
	n8nUrl: string,
	sessionId: string,
	{ executionId, resumeToken }: z.infer<typeof startedChatSchema>,
): Chat {
	const answers: string[] = [];
	const url = new URL('/chat', n8nUrl.replace('http', 'ws'));
	url.search = new URLSearchParams({
		sessionId,
		executionId,
		isPublic: 'true',
		token: resumeToken,
	}).toString();
	const socket = new WebSocket(url);
	socket.addEventListener('message', ({ data }) => {
		const text = String(data);
		if (text === heartbeat) socket.send('n8n|heartbeat-ack');
		else if (text !== 'n8n|continue') answers.push(text);
	});
	return { executionId, answers, close: () => socket.close() };
}
