/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: life cycles wait on timers that a reset can stop */
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

function manyListeners(controller: AbortController): AbortController {
	setMaxListeners(0, controller.signal);
	return controller;
}

/** What goes on after the answer: life cycles and deliveries that can be awaited and stopped. */
export class Background {
	private running = new Set<Promise<void>>();

	private stopping = manyListeners(new AbortController());

	private errors: unknown[] = [];

	/** Aborts when everything running is to stop. */
	get signal(): AbortSignal {
		return this.stopping.signal;
	}

	/** Starts work; what it throws comes out of the next `settle`, unless it was stopped. */
	start(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
		const { signal } = this;
		const run: Promise<void> = work(signal)
			.catch((error: unknown) => {
				if (!signal.aborted) this.errors.push(error);
			})
			.finally(() => this.running.delete(run));
		this.running.add(run);
		return run;
	}

	/** Resolves when nothing runs any more; throws what went wrong inside the stand-in. */
	async settle(): Promise<void> {
		while (this.running.size > 0) await Promise.all(this.running);
		const [error] = this.errors.splice(0);
		if (error) throw error;
	}

	/** Stops all that runs; what starts afterwards is not touched. */
	stop(): void {
		this.stopping.abort();
		this.stopping = manyListeners(new AbortController());
		this.errors = [];
	}
}

/** Waits for `ms` milliseconds; throws when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await wait(ms, undefined, { signal });
}
