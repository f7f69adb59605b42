import { InputError } from '../errors';

const privateIpv4 = [
	/^0\./,
	/^10\./,
	/^127\./,
	/^169\.254\./,
	/^172\.(1[6-9]|2\d|3[01])\./,
	/^192\.168\./,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
];

const privateIpv6 = [/^\[::\]$/, /^\[::1\]$/, /^\[f[cd]/, /^\[fe[89ab]/];

const privateSuffixes = ['.localhost', '.local', '.internal', '.lan', '.home.arpa', '.localdomain'];

/** The IPv4 address within an IPv6 one (::ffff:7f00:1, ::7f00:1), as the URL parser writes it. */
function mappedIpv4(host: string): string | undefined {
	const match = /^\[::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host);
	if (!match) return undefined;
	const [high, low] = [parseInt(match[1], 16), parseInt(match[2], 16)];
	return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether a host, as the URL parser writes it, is one that only this machine or its network knows. */
export function isPrivateHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/\.+$/, '');
	const ipv4 = mappedIpv4(host) ?? (/^\d+\.\d+\.\d+\.\d+$/.test(host) ? host : undefined);
	if (ipv4 !== undefined) return privateIpv4.some((range) => range.test(ipv4));
	if (host.startsWith('[')) return privateIpv6.some((range) => range.test(host));
	return !host.includes('.') || privateSuffixes.some((suffix) => host.endsWith(suffix));
}

/**
 * Refuses a webhook URL that Telnyx cannot reach from the internet.
 *
 * @throws InputError naming n8n's setting to fix
 */
export function assertReachable(webhookUrl: string): void {
	const url = URL.canParse(webhookUrl) ? new URL(webhookUrl) : undefined;
	if (url && /^https?:$/.test(url.protocol) && !isPrivateHost(url.hostname)) return;
	throw new InputError(
		`Telnyx cannot reach the webhook URL of this n8n: ${webhookUrl}`,
		'Set the environment variable N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) of n8n to its public address, e.g. https://n8n.example.com/, and restart n8n',
	);
}
