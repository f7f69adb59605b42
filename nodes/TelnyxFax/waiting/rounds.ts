import type { FinalEvent } from './result';

/** How long a key stays closed, in ms: until n8n itself surely refuses further events. */
const closedMs = 30_000;

/** How many executions' events are kept in mind. */
const mostNoted = 1000;

/** Looks at Telnyx, with the final events that are at hand by fax id; undefined: not all is final. */
export type Look<T> = (events: ReadonlyMap<string, FinalEvent>) => Promise<T | undefined>;

/** What a look found, and all final events that had come by its end, by fax id. */
export interface Found<T> {
	found: T;
	events: ReadonlyMap<string, FinalEvent>;
}

interface Round<T> {
	events: Map<string, FinalEvent>;
	/** Settled when the round has looked. */
	ended?: Promise<Found<T> | 'noted' | 'closed'>;
}

/**
 * Lets events of one execution that arrive together share a look at Telnyx, and only one of them
 * resume the execution. In this process and for moments only: no result depends on it surviving.
 */
export class Rounds<T> {
	private readonly looking = new Map<string, Promise<unknown>>();

	private readonly gathering = new Map<string, Round<T>>();

	/** The final events that have come so far, by key. */
	private readonly noted = new Map<string, ReadonlyMap<string, FinalEvent>>();

	/** Until when a key is closed, in ms of Date.now(). */
	private readonly closed = new Map<string, number>();

	/**
	 * Takes part in the next look for `key`. One that has begun does not count: it may have seen the
	 * fax before its end.
	 *
	 * @returns what the look found, for the one event that is to use it; for all others, that they are
	 * noted, or that the execution is already being resumed
	 * @throws what the look throws, for every event that took part in it
	 */
	async join(
		key: string,
		faxId: string,
		event: FinalEvent,
		look: Look<T>,
	): Promise<Found<T> | 'noted' | 'closed'> {
		const gathering = this.gathering.get(key);
		if (gathering) {
			gathering.events.set(faxId, event);
			await gathering.ended;
			return 'noted';
		}
		const round: Round<T> = { events: new Map([[faxId, event]]) };
		round.ended = this.hold(key, round, look);
		return await round.ended;
	}

	private async hold(
		key: string,
		round: Round<T>,
		look: Look<T>,
	): Promise<Found<T> | 'noted' | 'closed'> {
		const before = this.looking.get(key);
		if (before) {
			this.gathering.set(key, round);
			await Promise.allSettled([before]);
			this.gathering.delete(key);
			// The results of the look before have these events with them.
			if (this.isClosed(key)) return 'noted';
		}
		if (this.isClosed(key)) return 'closed';
		// Telnyx may still show an older status of a fax whose final event has come.
		for (const [id, event] of this.noted.get(key) ?? []) {
			if (!round.events.has(id)) round.events.set(id, event);
		}
		const looking = look(round.events);
		this.looking.set(key, looking);
		try {
			const found = await looking;
			if (found === undefined) {
				this.note(key, round.events);
				return 'noted';
			}
			this.noted.delete(key);
			this.closed.set(key, Date.now() + closedMs);
			return {
				found,
				events: new Map([...(this.gathering.get(key)?.events ?? []), ...round.events]),
			};
		} finally {
			if (this.looking.get(key) === looking) this.looking.delete(key);
		}
	}

	private note(key: string, events: ReadonlyMap<string, FinalEvent>): void {
		this.noted.delete(key);
		this.noted.set(key, events);
		const [oldest] = this.noted.keys();
		if (this.noted.size > mostNoted) this.noted.delete(oldest);
	}

	private isClosed(key: string): boolean {
		const now = Date.now();
		for (const [other, until] of this.closed) if (until <= now) this.closed.delete(other);
		return this.closed.has(key);
	}
}
