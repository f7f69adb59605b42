/** How long an event id is remembered, in ms: longer than Telnyx is known to repeat deliveries. */
const maxAgeMs = 6 * 3_600_000;

const maxEvents = 20_000;

interface Known {
	at: number;
	/** Ends with whether the delivery was acknowledged. */
	outcome: Promise<boolean>;
}

/**
 * Tells repeated deliveries of an event from first ones, in the memory of this process. An event
 * counts as seen once a delivery of it was acknowledged: one that n8n could not take in is welcome
 * again. Bounded in number and age.
 */
export class Repeats {
	private readonly known = new Map<string, Known>();

	/**
	 * @param key the event's id with whatever keeps triggers apart
	 * @returns undefined for a repeat; else a function to be told once whether the delivery was
	 * acknowledged. A delivery that comes while another of the same event is in work waits for it.
	 */
	async claim(key: string): Promise<((acknowledged: boolean) => void) | undefined> {
		this.forgetOld();
		for (let earlier = this.known.get(key); earlier; earlier = this.known.get(key)) {
			if (await earlier.outcome) return undefined;
		}
		let settle: (acknowledged: boolean) => void = () => undefined;
		const outcome = new Promise<boolean>((resolve) => {
			settle = (acknowledged) => {
				if (!acknowledged && this.known.get(key)?.outcome === outcome) this.known.delete(key);
				resolve(acknowledged);
			};
		});
		this.known.set(key, { at: Date.now(), outcome });
		return settle;
	}

	private forgetOld(): void {
		const oldest = Date.now() - maxAgeMs;
		for (const [key, { at }] of this.known) {
			if (at >= oldest && this.known.size <= maxEvents) break;
			this.known.delete(key);
		}
	}
}
