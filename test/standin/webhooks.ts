import { randomUUID } from 'node:crypto';
import { request, type Dispatcher } from 'undici';
import { pause } from './background';
import { isoMicroseconds, now } from './clock';
import { routeTo, type Route } from './hosts';
import { changed, type State } from './state';
import type { Delivery, DeliveryAttempt, Fax, FaxApplication, FaxEvent } from './types';

const MAX_PER_URL = 3;
const FAILOVER_AFTER = 2;
const DEFAULT_TIMEOUT_MS = 2000;

export interface Target {
	primary: string;
	failover?: string;
	timeoutMs: number;
}

/** Where the events of a fax go: its own URL wins over the application's. */
export function targetOf(state: State, fax: Fax): Target | undefined {
	const application = state.applications.get(fax.connectionId);
	const primary = fax.webhookUrl ?? application?.webhook_event_url;
	if (!primary) return undefined;
	return {
		primary,
		failover: application?.webhook_event_failover_url || undefined,
		timeoutMs: state.settings.webhookTimeoutMs ?? timeoutOf(application),
	};
}

function timeoutOf(application: FaxApplication | undefined): number {
	const seconds = application?.webhook_timeout_secs;
	return seconds ? seconds * 1000 : DEFAULT_TIMEOUT_MS;
}

/** Posts events: signed, retried, to the failover URL after two failures at the primary. */
export class Webhooks {
	/** Events held back until a later one of the same fax is through. */
	private held = new Map<string, Array<() => void>>();

	constructor(
		private readonly state: State,
		private readonly dispatcher: Dispatcher,
	) {}

	/** Sends an event of a fax on its way; the delivery itself goes on in the background. */
	emit(fax: Fax, eventType: string, payload: Record<string, unknown>): void {
		const { state } = this;
		const target = targetOf(state, fax);
		if (!target) return;
		const event: FaxEvent = {
			event_type: eventType,
			id: randomUUID(),
			occurred_at: isoMicroseconds(now(state.settings)),
			payload,
			record_type: 'event',
		};
		const play = (kind: 'duplicate' | 'delay' | 'reorder') =>
			state.faults.forEvent(kind, eventType, fax.id);
		const copies = play('duplicate') ? 2 : 1;
		const delay = play('delay');
		const hold = play('reorder') !== undefined;
		for (let copy = 0; copy < copies; copy++) {
			const delivery = this.record(event, fax.id);
			state.background.start(async (signal) => {
				if (delay) await pause(delay.ms ?? state.settings.stepMs, signal);
				if (hold) await this.untilLaterEvent(fax.id);
				signal.throwIfAborted();
				await this.run(delivery, target, signal);
				if (!hold) this.release(fax.id);
			});
		}
	}

	/** Lets held events of a fax go, because nothing comes after them. */
	release(faxId: string): void {
		const waiting = this.held.get(faxId) ?? [];
		this.held.delete(faxId);
		for (const go of waiting) go();
	}

	/** Lets everything held go, so that stopped work can end. */
	releaseAll(): void {
		for (const faxId of [...this.held.keys()]) this.release(faxId);
	}

	/** Posts one event once, by hand. Loopback URLs need no entry among the hosts. */
	async deliverOnce(
		event: FaxEvent,
		url: string,
		options: {
			timestamp?: number;
			mutate?: (request: { headers: Record<string, string>; body: string }) => void;
		},
	): Promise<DeliveryAttempt> {
		const delivery = this.record(event);
		const attempt = await this.post(delivery, { url, number: 1, timeoutMs: 30_000, ...options });
		this.finish(delivery, attempt.delivered);
		return attempt;
	}

	private record(event: FaxEvent, faxId?: string): Delivery {
		const delivery: Delivery = {
			id: randomUUID(),
			event,
			...(faxId === undefined ? {} : { faxId }),
			status: 'pending',
			attempts: [],
			startedAt: now(this.state.settings),
		};
		this.state.deliveries.push(delivery);
		return delivery;
	}

	private async untilLaterEvent(faxId: string): Promise<void> {
		await new Promise<void>((resolve) => {
			this.held.set(faxId, [...(this.held.get(faxId) ?? []), resolve]);
		});
	}

	private async run(delivery: Delivery, target: Target, signal: AbortSignal): Promise<void> {
		const { settings } = this.state;
		const plan = target.failover
			? [
					...Array<string>(FAILOVER_AFTER).fill(target.primary),
					...Array<string>(MAX_PER_URL).fill(target.failover),
				]
			: Array<string>(MAX_PER_URL).fill(target.primary);
		let tries = 0;
		for (const [index, url] of plan.entries()) {
			tries = url === plan[index - 1] ? tries + 1 : 0;
			if (tries > 0) {
				const steps = settings.webhookRetrySteps[tries - 1] ?? 1;
				await pause(steps * settings.stepMs, signal);
			}
			const { timeoutMs } = target;
			const attempt = await this.post(delivery, { url, number: index + 1, timeoutMs, signal });
			signal.throwIfAborted();
			if (attempt.delivered) {
				this.finish(delivery, true);
				return;
			}
		}
		this.finish(delivery, false);
	}

	private finish(delivery: Delivery, delivered: boolean): void {
		delivery.status = delivered ? 'delivered' : 'failed';
		delivery.finishedAt = now(this.state.settings);
		this.state.events.emit('delivered', delivery);
		changed(this.state);
	}

	private async post(
		delivery: Delivery,
		options: {
			url: string;
			number: number;
			timeoutMs: number;
			signal?: AbortSignal;
			timestamp?: number;
			mutate?: (request: { headers: Record<string, string>; body: string }) => void;
		},
	): Promise<DeliveryAttempt> {
		const { state } = this;
		const { event, faxId } = delivery;
		const time = now(state.settings);
		const body = JSON.stringify({
			data: event,
			meta: { attempt: options.number, delivered_to: options.url },
		});
		const message: { body: string; headers: Record<string, string> } = {
			body,
			headers: {
				'content-type': 'application/json',
				'user-agent': 'telnyx-webhooks',
				...state.keys.headers(
					body,
					options.timestamp ?? Math.floor(time / 1000),
					state.settings.signWithPreviousKey,
				),
			},
		};
		if (state.faults.forEvent('badSignature', event.event_type, faxId)) {
			const forged = state.keys.headers(`${body} `, Math.floor(time / 1000));
			message.headers['telnyx-signature-ed25519'] = forged['telnyx-signature-ed25519'];
		}
		options.mutate?.(message);
		const attempt: DeliveryAttempt = {
			attempt: options.number,
			url: options.url,
			headers: message.headers,
			body: message.body,
			startedAt: time,
			delivered: false,
		};
		delivery.attempts.push(attempt);
		changed(state);
		const route = this.routeOf(options.url, options.signal === undefined);
		if (route) await this.exchange(attempt, route, options);
		else attempt.error = 'The host can not be reached';
		if (attempt.delivered && state.faults.forEvent('lostAck', event.event_type, faxId)) {
			attempt.delivered = false;
			attempt.error = 'The answer got lost';
		}
		attempt.finishedAt = now(state.settings);
		return attempt;
	}

	private routeOf(address: string, byHand: boolean): Route | undefined {
		const url = new URL(address);
		const route = routeTo(url, this.state.hosts);
		const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
		return route ?? (byHand && loopback ? { url: url.href, host: url.host } : undefined);
	}

	private async exchange(
		attempt: DeliveryAttempt,
		route: Route,
		{ timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
	): Promise<void> {
		const timeout = AbortSignal.timeout(timeoutMs);
		try {
			const answer = await request(route.url, {
				method: 'POST',
				dispatcher: this.dispatcher,
				headers: { ...attempt.headers, host: route.host },
				body: attempt.body,
				signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
			});
			const body = await answer.body.text();
			const headers: Record<string, string | string[]> = {};
			for (const [name, value] of Object.entries(answer.headers)) {
				if (value !== undefined) headers[name] = value;
			}
			attempt.answer = { status: answer.statusCode, headers, body: body.slice(0, 10_000) };
			attempt.delivered = answer.statusCode >= 200 && answer.statusCode <= 299;
			if (!attempt.delivered) attempt.error = `Answered ${answer.statusCode}`;
		} catch (error) {
			attempt.error = timeout.aborted ? `No answer in ${timeoutMs} ms` : String(error);
		}
	}
}
