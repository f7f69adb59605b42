import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { isCalledByModel } from '../../shared/tool';

/** What tells one fax from others on Telnyx, kept from before it is sent. */
export interface Attempt {
	/** When it was sent, in ms of this machine's clock. */
	at: number;
	/** The fields by which it can be told from other faxes of Telnyx's list, as they were sent. */
	body: {
		connection_id: string;
		from: string;
		to: string;
		client_state?: string;
		media_name?: string;
		media_url?: string;
	};
	/** Tells documents apart that are no part of `body`; never sent. */
	document: string;
	/** True where `body` fits no other fax, because it has a reference that the node made. */
	unique: boolean;
}

/** A fax that Telnyx has accepted, or one that it may have accepted. */
export type Entry = { id: string } | { attempt: Attempt };

type Entries = Record<string, Entry>;

const mostAccepted = 20_000;

/** Faxes of any execution that this process got accepted: none of them is anyone else's. */
const acceptedHere = new Set<string>();

function keepInMind(id: string): void {
	acceptedHere.add(id);
	const [oldest] = acceptedHere;
	if (acceptedHere.size > mostAccepted) acceptedHere.delete(oldest);
}

/**
 * What the tries of one run have in common, and no two runs. Several calls by AI models may run side
 * by side under one run index; each is one fax, which n8n repeats only if it was not sent.
 */
function runKey(context: IExecuteFunctions): string {
	if (isCalledByModel(context)) return randomUUID();
	return String(context.evaluateExpression('{{ $runIndex }}', 0));
}

/**
 * What this node has sent in this execution, per run of a loop and item. n8n's "Retry On Fail" runs
 * the node again with all items; the node context is what survives from one try to the next, so an
 * entry there keeps a fax from being sent twice.
 */
export class Ledger {
	private readonly runs: Record<string, Entries>;

	private readonly run: Entries;

	constructor(context: IExecuteFunctions) {
		const store = context.getContext('node');
		this.runs = store.sentFaxes ??= {};
		this.run = this.runs[runKey(context)] ??= {};
	}

	get(itemIndex: number): Entry | undefined {
		return this.run[itemIndex];
	}

	/** To be called before the fax is sent: from here on it may exist. */
	open(itemIndex: number, attempt: Attempt): void {
		this.run[itemIndex] = { attempt };
	}

	/** Telnyx has accepted the fax. */
	accept(itemIndex: number, id: string): void {
		this.run[itemIndex] = { id };
		keepInMind(id);
	}

	/** Telnyx has certainly not accepted the fax: it may be sent in a later try. */
	forget(itemIndex: number): void {
		delete this.run[itemIndex];
	}

	/** The ids of all faxes known to belong to some item, of this execution or another one. */
	ids(): Set<string> {
		return new Set([
			...acceptedHere,
			...this.all().flatMap((entry) => ('id' in entry ? [entry.id] : [])),
		]);
	}

	/** All attempts of this node in this execution whose outcome is open, oldest first. */
	openAttempts(): Attempt[] {
		return this.all()
			.flatMap((entry) => ('attempt' in entry ? [entry.attempt] : []))
			.sort((one, other) => one.at - other.at);
	}

	private all(): Entry[] {
		return Object.values(this.runs).flatMap((run) => Object.values(run));
	}
}
