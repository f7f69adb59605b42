const byCallingCode: Record<string, string[]> = {
	'1': ['US', 'CA'],
	'31': ['NL'],
	'32': ['BE'],
	'33': ['FR'],
	'34': ['ES'],
	'39': ['IT'],
	'41': ['CH'],
	'43': ['AT'],
	'44': ['GB'],
	'49': ['DE'],
	'52': ['MX'],
	'55': ['BR'],
	'61': ['AU'],
	'81': ['JP'],
	'353': ['IE'],
};

/** Countries a number may be in; none for an unknown code, undefined for a SIP URI. */
export function countryOf(to: string): string[] | undefined {
	if (!to.startsWith('+')) return undefined;
	const code = [3, 2, 1].map((digits) => to.slice(1, 1 + digits));
	return byCallingCode[code.find((candidate) => candidate in byCallingCode) ?? ''] ?? [];
}
