import { InputError } from '../../../../nodes/shared/errors';
import { assertReachable } from '../../../../nodes/shared/webhook/reachability';

const urlOf = (host: string) => `http://${host}/webhook/11111111/webhook`;

describe('a host that Telnyx cannot reach is refused', () => {
	it.each([
		['localhost', 'localhost'],
		['localhost with a port', 'localhost:5678'],
		['upper case', 'LOCALHOST'],
		['a trailing dot', 'localhost.'],
		['two trailing dots', 'localhost..'],
		['a subdomain of localhost', 'n8n.localhost'],
		['a single label', 'n8n'],
		['a single label with a port', 'n8n:5678'],
		['.local', 'n8n.local'],
		['.local in upper case with a dot', 'N8N.LOCAL.'],
		['.internal', 'n8n.prod.internal'],
		['.lan', 'nas.lan'],
		['.home.arpa', 'n8n.home.arpa'],
		['.localdomain', 'host.localdomain'],
		['fullwidth letters', 'ｌｏｃａｌｈｏｓｔ'],
		['fullwidth letters before .local', 'n8n.ｌｏｃａｌ'],
		['an ideographic full stop', 'n8n。local'],
		['a punycode label without a dot', 'xn--fiqs8s'],
		['a percent-encoded letter', 'local%68ost'],
		['the unspecified address', '0.0.0.0'],
		['a short 0', '0'],
		['this network', '0.1.2.3'],
		['10/8, first', '10.0.0.0'],
		['10/8, last', '10.255.255.255'],
		['loopback', '127.0.0.1'],
		['another loopback', '127.8.9.10'],
		['a shortened loopback', '127.1'],
		['decimal', '2130706433'],
		['hexadecimal', '0x7f000001'],
		['hexadecimal parts', '0x7f.0.0.0x1'],
		['octal', '0177.0.0.1'],
		['octal 10/8', '012.0.0.1'],
		['decimal 192.168.1.1', '3232235777'],
		['an address with a trailing dot', '192.168.1.1.'],
		['link-local', '169.254.169.254'],
		['172.16/12, first', '172.16.0.0'],
		['172.16/12, last', '172.31.255.255'],
		['192.168/16', '192.168.178.20'],
		['carrier-grade NAT, first', '100.64.0.0'],
		['carrier-grade NAT, last', '100.127.255.255'],
		['IPv6 unspecified', '[::]'],
		['IPv6 loopback', '[::1]'],
		['IPv6 loopback in full', '[0:0:0:0:0:0:0:1]'],
		['IPv6 unique local fc', '[fc00::1]'],
		['IPv6 unique local fd', '[FD12:3456::1]'],
		['IPv6 link-local', '[fe80::1]'],
		['IPv6 link-local, last', '[febf::1]'],
		['mapped loopback', '[::ffff:127.0.0.1]'],
		['mapped private in hexadecimal', '[::ffff:c0a8:101]'],
		['mapped, in full', '[0:0:0:0:0:ffff:10.0.0.1]'],
		['IPv4-compatible loopback', '[::127.0.0.1]'],
	])('%s: %s', (_form, host) => {
		expect(() => assertReachable(urlOf(host))).toThrow(InputError);
	});
});

describe('a public host passes', () => {
	it.each([
		['a domain', 'n8n.example.com'],
		['upper case', 'N8N.Example.COM'],
		['a port', 'n8n.example.com:5678'],
		['a trailing dot', 'n8n.example.com.'],
		['an internationalised domain', 'fax.münchen.example'],
		['punycode', 'xn--mnchen-3ya.de'],
		['a public address', '93.184.216.34'],
		['below 10/8', '9.255.255.255'],
		['above 10/8', '11.0.0.0'],
		['below 172.16/12', '172.15.255.255'],
		['above 172.16/12', '172.32.0.0'],
		['below 192.168/16', '192.167.255.255'],
		['above 192.168/16', '192.169.0.0'],
		['below carrier-grade NAT', '100.63.255.255'],
		['above carrier-grade NAT', '100.128.0.0'],
		['next to link-local', '169.253.1.1'],
		['public IPv6', '[2606:4700::1111]'],
		['mapped public', '[::ffff:93.184.216.34]'],
		['a domain that begins like an address', '10.example.com'],
		['a domain that begins with localhost', 'localhost.example.com'],
		['a domain that ends like local', 'n8n.nonlocal'],
		['a domain that begins with fc', 'fc.example.com'],
	])('%s: %s', (_form, host) => {
		expect(() => assertReachable(urlOf(host))).not.toThrow();
	});
});

it.each(['', 'n8n.example.com/webhook', 'ftp://n8n.example.com/webhook', 'https://'])(
	'a URL that Telnyx cannot call is refused: "%s"',
	(url) => {
		expect(() => assertReachable(url)).toThrow(InputError);
	},
);

it('the refusal names the URL and the settings to fix', () => {
	let error: unknown;
	try {
		assertReachable('http://localhost:5678/webhook/1/webhook');
	} catch (thrown) {
		error = thrown;
	}
	expect(error).toMatchObject({
		message: expect.stringContaining('http://localhost:5678/webhook/1/webhook'),
		nextStep: expect.stringMatching(/N8N_WEBHOOK_URL.*WEBHOOK_URL/),
	});
});
