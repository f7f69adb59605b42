import type { Channel, Job } from './jobs';

/** What the node said about one item. */
export type Verdict =
	| { kind: 'sent'; id: string }
	/** It may have been sent. */
	| { kind: 'unknown' }
	/** It was not sent. */
	| { kind: 'failed' };

/** A fax as Telnyx has it. */
export interface KnownFax {
	id: string;
	to: string;
	channel: Channel;
	document: string;
	/** Telnyx's `client_state`. */
	reference?: string;
}

/** A request to send a fax as it came to Telnyx. */
export interface KnownPost {
	to: string;
	/** True where the answer left no doubt that nothing was sent. */
	refused: boolean;
}

/** What really happened, against what the node said. All but the first four must be 0. */
export interface Tally {
	items: number;
	faxes: number;
	sent: number;
	/** Unknown, and nothing that Telnyx shows could have told. */
	unknown: number;
	/** Faxes beyond those that were wanted. */
	twice: number;
	/** Requests beyond one for each item, after answers that left it open whether a fax was sent. */
	sentOnAGuess: number;
	sentButAbsent: number;
	/** Reported with a fax that has another recipient or document, or belongs to another item. */
	sentAsAnother: number;
	failedButPresent: number;
	/** Unknown, though Telnyx's list shows it clearly. */
	unknownButClear: number;
}

/** The numbers that must be 0. */
export function violations(tally: Tally): Partial<Tally> {
	const counts = new Set(['items', 'faxes', 'sent', 'unknown']);
	return Object.fromEntries(
		Object.entries(tally).filter(([name, count]) => !counts.has(name) && count !== 0),
	);
}

interface Group {
	jobs: Array<Job & { verdict: Verdict }>;
	faxes: KnownFax[];
	posts: KnownPost[];
}

const beyond = (count: number, allowed: number) => Math.max(0, count - allowed);

function isSent(verdict: Verdict): verdict is Extract<Verdict, { kind: 'sent' }> {
	return verdict.kind === 'sent';
}

/** How many of the unknown could have been told by what Telnyx shows of one recipient's faxes. */
function clearAmongUnknown({ jobs, faxes }: Group): number {
	const claimed = new Set(jobs.flatMap(({ verdict }) => (isSent(verdict) ? [verdict.id] : [])));
	const unclaimed = faxes.filter(({ id }) => !claimed.has(id));
	const open = jobs.filter(({ verdict }) => verdict.kind === 'unknown');
	const isPlain = ({ channel }: { channel: Channel }) => channel === 'multipart';
	const plain = { open: open.filter(isPlain), unclaimed: unclaimed.filter(isPlain) };
	// A fax by URL or Media Storage carries a mark; one sent with its file is like the next.
	const marked = Math.min(
		unclaimed.length - plain.unclaimed.length,
		open.length - plain.open.length,
	);
	const sameDocument = new Set(plain.open.map(({ document }) => document)).size === 1;
	const allThere = plain.open.length === plain.unclaimed.length;
	return marked + (sameDocument && allThere ? plain.open.length : 0);
}

function auditGroup(group: Group): Omit<Tally, 'items' | 'faxes' | 'sent' | 'unknown'> {
	const { jobs, faxes, posts } = group;
	const byId = new Map(faxes.map((fax) => [fax.id, fax]));
	const references = faxes.flatMap(({ reference = '' }) => (reference === '' ? [] : [reference]));
	const claims = jobs.flatMap(({ verdict, ...job }) =>
		isSent(verdict) ? [{ job, id: verdict.id }] : [],
	);
	const present = claims.filter(({ id }) => byId.has(id));
	const mistaken = present.filter(({ job, id }) => byId.get(id)?.document !== job.document);
	const possible = jobs.filter(({ verdict }) => verdict.kind !== 'failed').length;
	const unwanted = beyond(faxes.length, jobs.length);
	const repeated = references.length - new Set(references).size;
	return {
		twice: Math.max(unwanted, repeated),
		sentOnAGuess: beyond(posts.filter(({ refused }) => !refused).length, jobs.length),
		sentButAbsent: claims.length - present.length,
		sentAsAnother: mistaken.length + present.length - new Set(present.map(({ id }) => id)).size,
		failedButPresent: beyond(Math.min(faxes.length, jobs.length), possible),
		unknownButClear: clearAmongUnknown(group),
	};
}

/** Compares what the node said about each job, in their order, with what Telnyx has. */
export function audit(
	jobs: Job[],
	verdicts: Verdict[],
	faxes: KnownFax[],
	posts: KnownPost[],
): Tally {
	const judged = jobs.map((job, index) => ({ ...job, verdict: verdicts[index] }));
	const recipients = new Set([...jobs, ...faxes].map(({ to }) => to));
	const tally: Tally = {
		items: jobs.length,
		faxes: faxes.length,
		sent: verdicts.filter(isSent).length,
		unknown: verdicts.filter(({ kind }) => kind === 'unknown').length,
		twice: 0,
		sentOnAGuess: 0,
		sentButAbsent: 0,
		sentAsAnother: 0,
		failedButPresent: 0,
		unknownButClear: 0,
	};
	for (const recipient of recipients) {
		const found = auditGroup({
			jobs: judged.filter(({ to }) => to === recipient),
			faxes: faxes.filter(({ to }) => to === recipient),
			posts: posts.filter(({ to }) => to === recipient),
		});
		tally.twice += found.twice;
		tally.sentOnAGuess += found.sentOnAGuess;
		tally.sentButAbsent += found.sentButAbsent;
		tally.sentAsAnother += found.sentAsAnother;
		tally.failedButPresent += found.failedButPresent;
		tally.unknownButClear += found.unknownButClear;
	}
	return tally;
}
