import { audit, violations } from './audit';
import type { KnownFax, KnownPost, Tally, Verdict } from './audit';
import type { Channel, Job } from './jobs';

const job = (channel: Channel = 'url', document = 'a.pdf'): Job => ({
	channel,
	to: '+13125560000',
	document,
});

const fax = (id: string, of = job(), reference = `reference of ${id}`): KnownFax => ({
	...of,
	id,
	reference: of.channel === 'multipart' ? undefined : reference,
});

const post = (refused = false): KnownPost => ({ to: job().to, refused });
const sent = (id: string): Verdict => ({ kind: 'sent', id });
const unknown: Verdict = { kind: 'unknown' };
const failed: Verdict = { kind: 'failed' };

const plain = job('multipart');
const otherPlain = job('multipart', 'b.pdf');

describe('the audit finds nothing wrong', () => {
	it.each<[string, Job[], Verdict[], KnownFax[], KnownPost[]]>([
		['when each fax is there once', [job()], [sent('1')], [fax('1')], [post()]],
		['with a failed fax that is not there', [job()], [failed], [], [post(true)]],
		['with an unknown fax that is not there', [job()], [unknown], [], [post()]],
		['after a refusal was tried again', [job()], [sent('1')], [fax('1')], [post(true), post()]],
		[
			'when of two like faxes one is there and both are unknown',
			[plain, plain],
			[unknown, unknown],
			[fax('1', plain)],
			[post(), post()],
		],
		[
			'when two unknown faxes of different documents look alike',
			[plain, otherPlain],
			[unknown, unknown],
			[fax('1', plain), fax('2', otherPlain)],
			[post(), post()],
		],
	])('%s', (_when, jobs, verdicts, faxes, posts) => {
		expect(violations(audit(jobs, verdicts, faxes, posts))).toEqual({});
	});
});

describe('the audit finds', () => {
	it.each<[keyof Tally, string, Job[], Verdict[], KnownFax[], KnownPost[]]>([
		['twice', 'a second fax', [job()], [sent('1')], [fax('1'), fax('2')], [post()]],
		[
			'twice',
			'a second fax behind another that is missing',
			[job(), job()],
			[sent('1'), unknown],
			[fax('1', job(), 'same'), fax('2', job(), 'same')],
			[post(), post()],
		],
		['sentOnAGuess', 'a second request', [job()], [sent('1')], [fax('1')], [post(), post()]],
		['sentButAbsent', 'a claim without a fax', [job()], [sent('1')], [], [post()]],
		[
			'sentAsAnother',
			'one fax claimed for two items',
			[job(), job()],
			[sent('1'), sent('1')],
			[fax('1')],
			[post(), post()],
		],
		[
			'sentAsAnother',
			'a claim of a fax with another document',
			[plain],
			[sent('1')],
			[fax('1', otherPlain)],
			[post()],
		],
		['failedButPresent', 'a fax that was called failed', [job()], [failed], [fax('1')], [post()]],
		['unknownButClear', 'a marked fax', [job()], [unknown], [fax('1')], [post()]],
		[
			'unknownButClear',
			'like faxes that are all there',
			[plain, plain],
			[unknown, unknown],
			[fax('1', plain), fax('2', plain)],
			[post(), post()],
		],
	])('%s: %s', (violation, _what, jobs, verdicts, faxes, posts) => {
		const found = violations(audit(jobs, verdicts, faxes, posts));
		expect(found[violation]).toBeGreaterThan(0);
	});
});
