import { randomUUID } from 'node:crypto';

import { Pool } from 'undici';

import type { StoredWorkflow } from '../../n8n/client';
import type { TestBed } from '../../n8n/testBed';
import type { WorkflowJson } from '../../n8n/workflow';
import { waitFor } from '../../n8n/waitFor';
import type { StandIn } from '../../standin';
import { account, resetAccount } from '../account';
import { verdictOn } from '../row';
import type { Row } from '../row';
import { alternate, median } from '../statistics';
import type { Bench } from '../testBed';
import { chain, node } from '../workflows';

const connections = 10;

const events = 200;

const webhookId = '7f3a5f5e-2b6d-4d0b-9d55-0c2ef2b7f2c1';

const emptyId = '0a7d1d0e-6a6c-4c35-8d0b-6f1f5a4f0b11';

const behind = node('Nothing', 'n8n-nodes-base.noOp', 1, {});

const trigger = chain('Events with Telnyx Fax Trigger', [
	node(
		'Event',
		'n8n-nodes-telnyx-fax.telnyxFaxTrigger',
		1,
		{
			faxApplicationId: { __rl: true, mode: 'id', value: account.applicationId },
			events: ['fax.delivered'],
		},
		{ webhookId, credentials: { telnyxFaxApi: { name: 'Telnyx Fax account' } } },
	),
	behind,
]);

const plainPath = 'plain-webhook';

const plain = chain('Events with Webhook', [
	node(
		'Event',
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path: plainPath, responseMode: 'onReceived', options: {} },
		{ webhookId: plainPath },
	),
	behind,
]);

function empty(name: string, refuse: boolean): WorkflowJson {
	const event = node('Event', 'CUSTOM.emptyTrigger', 1, { refuse }, { webhookId: emptyId });
	return chain(name, [event, behind]);
}

interface Message {
	headers: Record<string, string>;
	body: string;
}

/** A delivery as Telnyx makes it, signed now. */
function delivery(standIn: StandIn): Message {
	const data = {
		event_type: 'fax.delivered',
		id: randomUUID(),
		occurred_at: new Date().toISOString(),
		record_type: 'event',
		payload: {
			connection_id: account.applicationId,
			direction: 'outbound',
			fax_id: randomUUID(),
			from: account.number,
			original_media_url: account.documentUrl,
			status: 'delivered',
			to: '+13127367276',
			user_id: randomUUID(),
			call_duration_secs: 50,
			page_count: 2,
		},
	};
	const body = JSON.stringify({ data, meta: { attempt: 1, delivered_to: 'https://example.com' } });
	return { headers: { 'content-type': 'application/json', ...standIn.sign(body) }, body };
}

/** The same, but signed for another body. */
function forgery(standIn: StandIn): Message {
	const { headers, body } = delivery(standIn);
	return { headers: { ...headers, ...standIn.sign(`${body} `) }, body };
}

interface Load {
	/** Events a second until the last one was dealt with. */
	perSecond: number;
}

/** Posts messages over a few connections and waits until everything they start has ended. */
async function post(
	{ n8n }: TestBed,
	workflow: StoredWorkflow,
	path: string,
	messages: Message[],
	expected: { status: number; executions: number },
): Promise<Load> {
	const before = await n8n.client.countSuccesses(workflow.id);
	const pool = new Pool(n8n.url, { connections });
	try {
		const start = Date.now();
		await Promise.all(
			messages.map(async (message) => {
				const { statusCode, body } = await pool.request({ method: 'POST', path, ...message });
				await body.dump();
				if (statusCode !== expected.status) throw new Error(`n8n answered ${statusCode}`);
			}),
		);
		const answeredMs = Date.now() - start;
		const endedMs =
			expected.executions === 0
				? answeredMs
				: (await lastEnd(n8n.client, workflow, before + expected.executions)) - start;
		const executions = (await n8n.client.countSuccesses(workflow.id)) - before;
		if (executions !== expected.executions) throw new Error(`${executions} executions ran`);
		return { perSecond: (messages.length / endedMs) * 1000 };
	} finally {
		await pool.close();
	}
}

/** When the last of `count` executions ended, in ms since the epoch. */
async function lastEnd(
	client: TestBed['n8n']['client'],
	{ id }: StoredWorkflow,
	count: number,
): Promise<number> {
	await waitFor(
		`${count} executions to end`,
		async () => ((await client.countSuccesses(id)) >= count ? true : undefined),
		{ intervalMs: 250 },
	);
	const ends = (await client.executions(id)).map(({ stoppedAt }) => Date.parse(stoppedAt ?? ''));
	return Math.max(...ends.filter((end) => !Number.isNaN(end)));
}

type Side = 'ours' | 'peer' | 'empty';

const all = { status: 200, executions: events };

const none = { status: 401, executions: 0 };

/** Posts messages to the trigger, to n8n's Webhook node, and to a trigger that does nothing. */
async function measureEvents(
	bench: Bench,
	runs: number,
	make: (standIn: StandIn) => Message,
	expected: typeof all,
): Promise<Record<Side, Load[]>> {
	const testBed = await bench.testBed();
	const { standIn, n8n } = testBed;
	resetAccount(standIn);
	const live: StoredWorkflow[] = [];
	const side = async (workflow: WorkflowJson, path: string, outcome: typeof all) => {
		const stored = await n8n.client.createWorkflow(workflow);
		const { status } = await n8n.client.activate(stored);
		live.push(stored);
		if (status !== 'published') throw new Error(`"${workflow.name}" is ${status}`);
		return async () => {
			const messages = Array.from({ length: events }, () => make(standIn));
			return await post(testBed, stored, path, messages, outcome);
		};
	};
	const nothing = empty('Events with a trigger that does nothing', expected.executions === 0);
	try {
		return await alternate(runs, {
			ours: await side(trigger, `/webhook/${webhookId}/webhook`, expected),
			peer: await side(plain, `/webhook/${plainPath}`, all),
			empty: await side(nothing, `/webhook/${emptyId}/webhook`, expected),
		});
	} finally {
		for (const workflow of live) await n8n.client.deactivate(workflow);
	}
}

/** The rates of the three sides, and what to say about the one that does nothing. */
function compare(loads: Record<Side, Load[]>, goal: number) {
	const rates = (side: Side) => loads[side].map(({ perSecond }) => perSecond);
	const [ours, peer, nothing] = [
		median(rates('ours')),
		median(rates('peer')),
		median(rates('empty')),
	];
	return {
		ours,
		peer,
		ratio: ours / peer,
		verdict: verdictOn(ours / peer >= goal, nothing / peer >= goal),
		note: `A trigger that does nothing gets to ${nothing.toFixed(1)} / s in this n8n, ${(nothing / peer).toFixed(2)} × its Webhook node, because n8n sets up an isolate of its expression engine for each call of any other node; ours is ${(ours / nothing).toFixed(2)} × that.`,
		samples: {
			oursPerSecond: rates('ours'),
			peerPerSecond: rates('peer'),
			emptyPerSecond: rates('empty'),
		},
	};
}

export const verifiedEvents: Row = {
	number: 4,
	work: `${events} verified events through the trigger, ${connections} at a time`,
	peer: 'Webhook node',
	goal: '≥ 0.95 × its executions a second',
	measure: async (bench, runs) => {
		const loads = await measureEvents(bench, runs, delivery, all);
		const { ours, peer, ratio, verdict, note, samples } = compare(loads, 0.95);
		return {
			ours: `${ours.toFixed(1)} / s`,
			peerFigure: `${peer.toFixed(1)} / s`,
			ratio,
			verdict,
			notes: [note],
			samples,
		};
	},
};

export const forgedEvents: Row = {
	number: 5,
	work: `${events} forged deliveries, ${connections} at a time`,
	peer: 'Webhook node',
	goal: '≥ 1.5 ×',
	measure: async (bench, runs) => {
		const loads = await measureEvents(bench, runs, forgery, none);
		const { ours, peer, ratio, verdict, note, samples } = compare(loads, 1.5);
		return {
			ours: `${ours.toFixed(1)} / s refused`,
			peerFigure: `${peer.toFixed(1)} / s executed`,
			ratio,
			verdict,
			notes: [note],
			samples,
		};
	},
};
