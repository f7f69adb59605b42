import { xoroshiro128plus, unsafeUniformIntDistribution } from 'pure-rand';
import type { RecordedRequest } from './types';

const apiFaultKinds = [
	/** The connection is reset; Telnyx never saw the request. */
	'resetBeforeAcceptance',
	/** The request takes effect, then the connection is reset. */
	'resetAfterAcceptance',
	/** The request takes effect, half of the answer arrives, then the connection ends. */
	'truncatedAnswer',
	'noAnswerBeforeAcceptance',
	'noAnswerAfterAcceptance',
	/** The request takes effect, the answer comes `ms` later. */
	'lateAnswer',
	'error500',
	'error502',
	'error503',
	/** The request takes effect, the answer is a 500. */
	'error500AfterAcceptance',
	/** A gateway's 502 with an HTML page instead of JSON. */
	'htmlError502',
	/** 429 as measured: without `Retry-After`. */
	'tooManyRequests',
	/** 429 with `Retry-After: retryAfterSecs`. */
	'tooManyRequestsRetryAfter',
	'unauthorized',
	'forbidden',
] as const;

const webhookFaultKinds = [
	/** The same event is posted twice. */
	'duplicate',
	/** The event waits until a later event of the same fax has been delivered. */
	'reorder',
	/** The event is posted `ms` later. */
	'delay',
	/** The attempt carries a signature that does not match. */
	'badSignature',
	/** `POST /faxes` is answered only after the event (`fax.queued` unless told) was delivered. */
	'early',
	/** The receiver's 2xx gets lost: the attempt counts as failed and is repeated. */
	'lostAck',
] as const;

export type ApiFaultKind = (typeof apiFaultKinds)[number];
export type WebhookFaultKind = (typeof webhookFaultKinds)[number];
export type FaultKind = ApiFaultKind | WebhookFaultKind;

interface RuleSettings {
	/** How often it plays; without it always. */
	times?: number;
	/** Matches to let pass first. */
	skip?: number;
	/** 0 to 1, drawn from a generator with a fixed seed. */
	probability?: number;
	/** Milliseconds, for `lateAnswer` and `delay`. */
	ms?: number;
	/** Seconds, for `tooManyRequestsRetryAfter`. */
	retryAfterSecs?: number;
}

export interface ApiFaultRule extends RuleSettings {
	kind: ApiFaultKind;
	on?: {
		method?: string;
		/** Tested against the path without the query, `/v2/...` on the API host. */
		path?: RegExp;
		when?: (request: RecordedRequest) => boolean;
	};
}

export interface WebhookFaultRule extends RuleSettings {
	kind: WebhookFaultKind;
	on?: { event?: string | RegExp; faxId?: string };
}

export type FaultRule = ApiFaultRule | WebhookFaultRule;

export interface AddedFault {
	/** How often it has been played. */
	played: number;
	remove(): void;
}

interface ActiveRule<R extends FaultRule> extends AddedFault {
	rule: R;
	skipped: number;
	draw: () => number;
}

function isApiRule(rule: FaultRule): rule is ApiFaultRule {
	return apiFaultKinds.some((kind) => kind === rule.kind);
}

/** Numbers from 0 up to 1, the same for the same seed. */
function generator(seed: number): () => number {
	const source = xoroshiro128plus(seed);
	const range = 2 ** 30;
	return () => unsafeUniformIntDistribution(0, range - 1, source) / range;
}

function plays(active: ActiveRule<FaultRule>): boolean {
	const { times, skip = 0, probability } = active.rule;
	if (times !== undefined && active.played >= times) return false;
	if (active.skipped < skip) {
		active.skipped++;
		return false;
	}
	if (probability !== undefined && active.draw() >= probability) return false;
	active.played++;
	return true;
}

/** What goes wrong on demand, at the API and on the way of the webhooks. */
export class Faults {
	private api: Array<ActiveRule<ApiFaultRule>> = [];

	private webhooks: Array<ActiveRule<WebhookFaultRule>> = [];

	/** Adds a rule; of several that match a call, the first that plays wins. */
	add(rule: FaultRule): AddedFault {
		return this.activate(rule, generator(1));
	}

	/**
	 * Plays every kind of the mix with its own probability (0 to 1), the same sequence for the
	 * same seed; on every API call unless told.
	 */
	random(options: {
		seed: number;
		mix: Partial<Record<FaultKind, number>>;
		on?: ApiFaultRule['on'];
		ms?: number;
		retryAfterSecs?: number;
	}): AddedFault[] {
		const draw = generator(options.seed);
		const kinds = [...apiFaultKinds, ...webhookFaultKinds];
		const rules = kinds.flatMap((kind): FaultRule[] => {
			const probability = options.mix[kind];
			if (probability === undefined) return [];
			const shared = { probability, ms: options.ms, retryAfterSecs: options.retryAfterSecs };
			const api = apiFaultKinds.find((known) => known === kind);
			if (api) return [{ ...shared, kind: api, on: options.on ?? { path: /^\/v2\// } }];
			const webhook = webhookFaultKinds.find((known) => known === kind);
			return webhook ? [{ ...shared, kind: webhook }] : [];
		});
		return rules.map((rule) => this.activate(rule, draw));
	}

	clear(): void {
		this.api = [];
		this.webhooks = [];
	}

	/** The fault to play on an API call or download, if any. */
	forRequest(request: RecordedRequest): ApiFaultRule | undefined {
		const active = this.api.find(({ rule: { on } }, index) => {
			if (on?.method && on.method.toUpperCase() !== request.method) return false;
			if (on?.path && on.path.exec(request.path) === null) return false;
			if (on?.when && !on.when(request)) return false;
			return plays(this.api[index]);
		});
		return active?.rule;
	}

	/** The fault of one kind to play on an event, if any. */
	forEvent(kind: WebhookFaultKind, event: string, faxId?: string): WebhookFaultRule | undefined {
		const active = this.webhooks.find((candidate) => {
			const { rule } = candidate;
			if (rule.kind !== kind) return false;
			if (rule.on?.faxId !== undefined && rule.on.faxId !== faxId) return false;
			const wanted = rule.on?.event ?? (kind === 'early' ? 'fax.queued' : undefined);
			if (typeof wanted === 'string' && wanted !== event) return false;
			if (wanted instanceof RegExp && wanted.exec(event) === null) return false;
			return plays(candidate);
		});
		return active?.rule;
	}

	private activate(rule: FaultRule, draw: () => number): AddedFault {
		const base = { played: 0, skipped: 0, draw };
		if (isApiRule(rule)) {
			const active: ActiveRule<ApiFaultRule> = {
				...base,
				rule,
				remove: () => {
					this.api = this.api.filter((other) => other !== active);
				},
			};
			this.api.push(active);
			return active;
		}
		const active: ActiveRule<WebhookFaultRule> = {
			...base,
			rule,
			remove: () => {
				this.webhooks = this.webhooks.filter((other) => other !== active);
			},
		};
		this.webhooks.push(active);
		return active;
	}
}
