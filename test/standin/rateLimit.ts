import { now } from './clock';
import { tooManyRequests } from './errors';
import type { Settings } from './types';

const UNLIMITED = { limit: 1000, windowMs: 60_000 };

interface Window {
	number: number;
	used: number;
}

/** Quotas per endpoint in windows tied to the clock, with the headers as measured at Telnyx. */
export class RateLimiter {
	private windows = new Map<string, Window>();

	constructor(private readonly settings: Settings) {}

	/**
	 * Counts one call.
	 * @param endpoint method and path template
	 * @returns the headers every answer carries; `reset` is in seconds left
	 * @throws ApiError 429 over the limit, with the same headers and no `Retry-After`
	 */
	count(endpoint: string): Record<string, string> {
		const { limit, windowMs } = this.settings.rateLimit ?? UNLIMITED;
		const time = now(this.settings);
		const number = Math.floor(time / windowMs);
		const known = this.windows.get(endpoint);
		const window = known?.number === number ? known : { number, used: 0 };
		this.windows.set(endpoint, window);
		const refused = this.settings.rateLimit !== undefined && window.used >= limit;
		if (!refused) window.used++;
		const headers = {
			'x-ratelimit-limit': `${limit}, ${limit};w=${Math.max(1, Math.round(windowMs / 1000))}`,
			'x-ratelimit-remaining': String(Math.max(0, limit - window.used)),
			'x-ratelimit-reset': String(Math.ceil(((number + 1) * windowMs - time) / 1000)),
		};
		if (refused) throw tooManyRequests(headers);
		return headers;
	}

	clear(): void {
		this.windows.clear();
	}
}

const ID = /^(\d{6,}|[0-9a-f]{8}-[0-9a-f-]{27})$/i;

/** The endpoint a call counts for: its method and its path without ids. */
export function endpointOf(method: string, path: string): string {
	const [root = '', ...rest] = path.split('/').slice(2);
	const template = rest.map((part, index) => {
		return ID.test(part) || (root === 'media' && index === 0) ? '{id}' : part;
	});
	return [method, root, ...template].join(' ');
}
