/** What a fax application has on Telnyx. */
export interface Current {
	url?: string;
	/** Null where the application leaves it to Telnyx (2 seconds). */
	timeoutSecs: number | null;
}

export interface Wanted {
	url: string;
	timeoutSecs: number;
	/** Whether the URL of another workflow of this n8n may be replaced. */
	takeOver: boolean;
}

/** What is remembered from registering until deregistering. */
export interface Memory {
	/** What was set. */
	url: string;
	timeoutSecs: number;
	/** What was there before; missing where it is not known any more. */
	previous?: { url: string; timeoutSecs: number | null };
}

export type Registration =
	/** `keep`: Telnyx already has what is wanted. */
	| { action: 'keep' | 'set'; memory: Memory }
	/** Another workflow of this n8n has registered itself. */
	| { action: 'refuse'; otherUrl: string };

export type Removal =
	| { action: 'leave'; because: 'not ours' | 'unknown before' }
	| { action: 'restore'; url: string; timeoutSecs: number | null };

/** n8n's URLs end in the trigger's own id and path: what is before them is the same for all triggers. */
function baseOf(url: string): string {
	return url.split('/').slice(0, -2).join('/');
}

/** Whether it is the URL of a test run, as n8n makes them. */
export function isTestUrl(url: string): boolean {
	return /\/webhook-test$/.test(baseOf(url));
}

/** Where the webhook URLs of an n8n begin, those of its other nodes included. */
function basesOf(ownUrl: string): { live: string; test?: string } {
	const base = baseOf(ownUrl);
	const root = base.replace(/\/webhook(-test)?$/, '');
	// An admin may have renamed the paths: then nothing tells what the other one is.
	if (root === base) return { live: `${base}/` };
	return { live: `${root}/webhook/`, test: `${root}/webhook-test/` };
}

/** What a URL stands for: a test run's URL that a crash left behind stands for its live twin. */
function meantBy(url: string, ownUrl: string): string {
	const { live, test } = basesOf(ownUrl);
	return test !== undefined && url.startsWith(test) ? `${live}${url.slice(test.length)}` : url;
}

/**
 * What to do to get the events of an application.
 *
 * @param memory of an earlier registration of the same trigger, if any
 */
export function planRegistration(
	current: Current,
	wanted: Wanted,
	memory: Memory | undefined,
): Registration {
	const { url, timeoutSecs, takeOver } = wanted;
	const there = current.url ?? '';
	const meant = meantBy(there, url);
	const isOurs =
		memory !== undefined && [there, meant].some((one) => one === url || one === memory.url);
	const isOthers =
		!isOurs && there !== url && meant === there && there.startsWith(basesOf(url).live);
	if (isOthers && !takeOver && !isTestUrl(url)) return { action: 'refuse', otherUrl: there };
	// Our own URL is nothing to go back to.
	const before =
		meant === '' || meant === url ? undefined : { url: meant, timeoutSecs: current.timeoutSecs };
	const previous = isOurs ? memory.previous : before;
	const isSet = current.url === url && current.timeoutSecs === timeoutSecs;
	return { action: isSet ? 'keep' : 'set', memory: { url, timeoutSecs, previous } };
}

/** What to do to stop getting the events of an application: nothing, if it is not ours any more. */
export function planRemoval(current: Current, memory: Memory | undefined): Removal {
	if (memory === undefined || current.url !== memory.url) {
		return { action: 'leave', because: 'not ours' };
	}
	if (memory.previous === undefined) return { action: 'leave', because: 'unknown before' };
	const { url, timeoutSecs } = memory.previous;
	const timeoutIsOurs = current.timeoutSecs === memory.timeoutSecs;
	return {
		action: 'restore',
		url,
		timeoutSecs: timeoutIsOurs ? timeoutSecs : current.timeoutSecs,
	};
}
