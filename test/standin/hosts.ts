import { Agent } from 'undici';

export interface Route {
	/** URL on this machine to ask instead. */
	url: string;
	/** The public host, for the `Host` header. */
	host: string;
}

/** Where a public URL is played on this machine; undefined when nobody plays its host. */
export function routeTo(url: URL, hosts: Map<string, string>): Route | undefined {
	const origin = hosts.get(url.host) ?? hosts.get(url.hostname);
	if (origin === undefined) return undefined;
	return { url: new URL(url.pathname + url.search, origin).href, host: url.host };
}

/** Connections of the stand-in to the hosts it calls. */
export function createAgent(): Agent {
	return new Agent({ connect: { timeout: 5000 }, keepAliveTimeout: 1000 });
}
