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
	| { action: 'refuse'; otherUrl?: string };

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

function belongsToThisN8n(url: string, wantedUrl: string): boolean {
	const root = (some: string) => baseOf(some).replace(/\/webhook(-test)?$/, '');
	const isWebhook = /\/webhook(-test)?$/.test(baseOf(url));
	return baseOf(url) === baseOf(wantedUrl) || (isWebhook && root(url) === root(wantedUrl));
}

/**
 * What to give back later. Our own URL is nothing to go back to; a test URL that a crashed test run
 * left behind neither, but its live twin may be.
 */
function worthRestoring({ url, timeoutSecs }: Current, wanted: Wanted): Memory['previous'] {
	if (url === undefined) return undefined;
	const leftBehind = isTestUrl(url) && belongsToThisN8n(url, wanted.url);
	const back = leftBehind ? url.replace('/webhook-test/', '/webhook/') : url;
	return back === wanted.url ? undefined : { url: back, timeoutSecs };
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
	const isOurs = memory !== undefined && [url, memory.url].includes(current.url ?? '');
	const isOthers =
		current.url !== undefined &&
		current.url !== url &&
		!isOurs &&
		!isTestUrl(current.url) &&
		belongsToThisN8n(current.url, url);
	if (isOthers && !takeOver && !isTestUrl(url)) return { action: 'refuse', otherUrl: current.url };
	const previous = isOurs ? memory.previous : worthRestoring(current, wanted);
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
