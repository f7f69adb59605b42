import type { FinalEvent } from './result';

/** How long a key stays closed, in ms: until n8n itself surely refuses further events. */
const closedMs = 30_000;

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
	ended?: Promise<Found<T> | undefined>;
}

/**
 * Lets events of one execution that arrive together share a look at Telnyx, and only one of them
 * resume the execution. In this process and for moments only: no result depends on it surviving.
 */
export class Rounds<T> {
	private readonly looking = new Map<string, Promise<unknown>>();

	private readonly gathering = new Map<string, Round<T>>();

	/** Until when a key is closed, in ms of Date.now(). */
	private readonly closed = new Map<string, number>();

	/**
	 * Takes part in the next look for `key`. One that has begun does not count: it may have seen the
	 * fax before its end.
	 *
	 * @returns what the look found, for the one event that is to use it; undefined for all others
	 * @throws what the look throws, for every event that took part in it
	 */
	async join(
		key: string,
		faxId: string,
		event: FinalEvent,
		look: Look<T>,
	): Promise<Found<T> | undefined> {
		const gathering = this.gathering.get(key);
		if (gathering) {
			gathering.events.set(faxId, event);
			await gathering.ended;
			return undefined;
		}
		const round: Round<T> = { events: new Map([[faxId, event]]) };
		round.ended = this.hold(key, round, look);
		return await round.ended;
	}

	private async hold(key: string, round: Round<T>, look: Look<T>): Promise<Found<T> | undefined> {
		const before = this.looking.get(key);
		if (before) {
			this.gathering.set(key, round);
			await Promise.allSettled([before]);
			this.gathering.delete(key);
		}
		if (this.isClosed(key)) return undefined;
		const looking = look(round.events);
		this.looking.set(key, looking);
		try {
			const found = await looking;
			if (found === undefined) return undefined;
			this.closed.set(key, Date.now() + closedMs);
			return {
				found,
				events: new Map([...(this.gathering.get(key)?.events ?? []), ...round.events]),
			};
		} finally {
			if (this.looking.get(key) === looking) this.looking.delete(key);
		}
	}

	private isClosed(key: string): boolean {
		const now = Date.now();
		for (const [other, until] of this.closed) if (until <= now) this.closed.delete(other);
		return this.closed.has(key);
	}
}
