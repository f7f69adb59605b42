/* eslint-disable @n8n/community-nodes/require-node-api-error -- runs outside n8n: no user sees what is thrown here */
import { pause } from './background';
import { now } from './clock';
import { countryOf } from './countries';
import { countPages, makeDocument, pdfDocument, tiffDocument, type Document } from './documents';
import { fetchDocument } from './fetchDocument';
import { busyCountOf, reasonOf } from './magicNumbers';
import { changed, type State } from './state';
import type { Fax, FaxStatus } from './types';
import type { Dispatcher } from 'undici';
import type { Webhooks } from './webhooks';

const MAX_BYTES = 50 * 1024 * 1024;
const MAX_PAGES = 350;
const EMPTY = Buffer.alloc(0);

const documentReasons = new Set([
	'file_size_limit_exceeded',
	'page_count_limit_exceeded',
	'file_download_failed',
	'file_format_invalid',
	'media_processing_exception',
]);

const accountReasons = new Set([
	'destination_not_in_countries_whitelist',
	'destination_not_in_service_plan',
	'no_outbound_profile',
	'outbound_profile_channel_limit_exceeded',
	'connection_channel_limit_exceeded',
	'user_channel_limit_exceeded',
	'outbound_profile_daily_spend_limit_exceeded',
	'account_disabled',
	'unverified_origination_number',
	'unverified_destination_not_allowed',
]);

const lineReasons = new Set([
	'fax_initial_communication_timeout',
	'fax_signaling_error',
	'invalid_ecm_response_from_receiver',
	'receiver_call_dropped',
	'receiver_communication_error',
	'carrier_lost',
	'sender_call_dropped',
	'sender_canceled',
	'sender_communication_error',
	'service_unavailable',
	'success',
	'received',
]);

/** What faxes go through after they were accepted, or after a call came in. */
export interface Lifecycle {
	/** Starts once `answered` resolves: events come after the answer to the request. */
	startOutbound(fax: Fax, answered?: Promise<unknown>): void;
	startInbound(fax: Fax, plan: { failureReason?: string; pages: number }): void;
}

/** A fax ends with this reason. */
class Failure extends Error {}

export function createLifecycle(
	state: State,
	webhooks: Webhooks,
	dispatcher: Dispatcher,
): Lifecycle {
	return {
		startOutbound(fax, answered) {
			state.inProgress.add(fax);
			run(fax, async (signal) => {
				await answered;
				signal.throwIfAborted();
				await sendOut(fax, signal);
			});
		},
		startInbound(fax, plan) {
			run(fax, async (signal) => await takeIn(fax, plan, signal));
		},
	};

	function run(fax: Fax, work: (signal: AbortSignal) => Promise<void>): void {
		void state.background.start(async (signal) => {
			try {
				await work(signal);
			} catch (error) {
				if (!(error instanceof Failure)) throw error;
				fax.failureReason = error.message;
				fax.internalFailureReason = error.message;
				dropBytes(fax);
				enter(fax, 'failed');
				emit(fax, 'fax.failed', {
					failure_reason: fax.failureReason,
					internal_failure_reason: fax.internalFailureReason,
				});
			} finally {
				state.inProgress.delete(fax);
				state.calls.delete(fax);
			}
			await pause(state.settings.stepMs, signal);
			webhooks.release(fax.id);
		});
	}

	async function sendOut(fax: Fax, signal: AbortSignal): Promise<void> {
		const reason = reasonOf(fax.to) ?? busyReason(fax);
		emit(fax, 'fax.queued');
		await step(fax, signal);
		if (reason !== undefined && documentReasons.has(reason)) throw new Failure(reason);
		fax.pageCount = await processDocuments(fax, signal);
		stopIfCanceled(fax);
		enter(fax, 'media.processed');
		emit(fax, 'fax.media.processed');
		await step(fax, signal);
		if (reason !== undefined && accountReasons.has(reason)) throw new Failure(reason);
		checkAccount(fax);
		state.calls.add(fax);
		enter(fax, 'originated');
		await step(fax, signal);
		if (reason !== undefined && !lineReasons.has(reason)) throw new Failure(reason);
		enter(fax, 'sending');
		emit(fax, 'fax.sending.started');
		await step(fax, signal);
		if (reason !== undefined) throw new Failure(reason);
		fax.callDurationSecs = 10 + 20 * fax.pageCount;
		dropBytes(fax);
		enter(fax, 'delivered');
		emit(fax, 'fax.delivered', {
			call_duration_secs: fax.callDurationSecs,
			page_count: fax.pageCount,
		});
	}

	async function takeIn(
		fax: Fax,
		plan: { failureReason?: string; pages: number },
		signal: AbortSignal,
	): Promise<void> {
		await step(fax, signal);
		enter(fax, 'receiving');
		emit(fax, 'fax.receiving.started');
		fax.document ??= makeDocument(await pdfDocument({ pages: plan.pages, title: 'Received fax' }));
		fax.pageCount = (await countPages(fax.document.bytes)) ?? plan.pages;
		await step(fax, signal);
		if (plan.failureReason !== undefined) throw new Failure(plan.failureReason);
		enter(fax, 'media.processing');
		emit(fax, 'fax.media.processing.started', { page_count: fax.pageCount });
		await step(fax, signal);
		fax.callDurationSecs = 10 + 20 * fax.pageCount;
		fax.mediaUrl = linkTo(state, fax, fax.document, '');
		enter(fax, 'received');
		emit(fax, 'fax.received', {
			call_duration_secs: fax.callDurationSecs,
			media_url: fax.mediaUrl,
			page_count: fax.pageCount,
			partial_content: fax.partialContent,
		});
		if (state.applications.get(fax.connectionId)?.fax_email_recipient) {
			emit(fax, 'fax.email.delivered');
		}
	}

	async function step(fax: Fax, signal: AbortSignal): Promise<void> {
		await pause(state.settings.stepMs, signal);
		stopIfCanceled(fax);
	}

	function stopIfCanceled(fax: Fax): void {
		if (fax.cancelRequested && state.settings.afterCancel === 'failed') {
			throw new Failure('sender_canceled');
		}
	}

	function enter(fax: Fax, status: FaxStatus): void {
		fax.status = status;
		fax.history.push(status);
		fax.updatedAt = now(state.settings);
		changed(state);
	}

	function emit(fax: Fax, event: string, extra: Record<string, unknown> = {}): void {
		const { sourceUrl } = fax;
		webhooks.emit(fax, event, {
			...(fax.clientState === undefined ? {} : { client_state: fax.clientState }),
			connection_id: fax.connectionId,
			direction: fax.direction,
			fax_id: fax.id,
			from: fax.from,
			...(fax.mediaName === undefined ? {} : { media_name: fax.mediaName }),
			...(sourceUrl === undefined ? {} : { original_media_url: firstOf(sourceUrl) }),
			status: fax.status,
			to: fax.to,
			user_id: state.userId,
			...(fax.direction === 'inbound' ? { caller_id: fax.callerId } : {}),
			...extra,
		});
	}

	function busyReason(fax: Fax): string | undefined {
		const limit = busyCountOf(fax.to);
		if (limit === 0) return undefined;
		const sent = (state.busyCounts.get(fax.to) ?? 0) + 1;
		state.busyCounts.set(fax.to, sent);
		return sent <= limit ? 'user_busy' : undefined;
	}

	async function processDocuments(fax: Fax, signal: AbortSignal): Promise<number> {
		const documents = await documentsOf(fax, signal);
		let pages = 0;
		for (const document of documents) {
			const count = await countPages(document.bytes);
			if (count === undefined) throw new Failure('file_format_invalid');
			pages += count;
		}
		if (pages > MAX_PAGES) throw new Failure('page_count_limit_exceeded');
		const [first] = documents;
		if (fax.storeMedia && first) fax.storedMediaUrl = linkTo(state, fax, first, '');
		if (fax.storePreview && first) {
			const preview =
				fax.previewFormat === 'tiff'
					? makeDocument(tiffDocument(pages))
					: makeDocument(await pdfDocument({ pages, title: 'Preview' }));
			fax.previewUrl = linkTo(state, fax, preview, '_preview');
		}
		return pages;
	}

	async function documentsOf(fax: Fax, signal: AbortSignal): Promise<Document[]> {
		if (fax.mediaName !== undefined) {
			const medium = state.media.get(fax.mediaName);
			if (!medium || medium.expiresAt <= now(state.settings)) {
				throw new Failure('file_download_failed');
			}
			return [medium.document];
		}
		if (fax.document) return [fax.document];
		const documents: Document[] = [];
		let size = 0;
		for (const url of [fax.sourceUrl ?? []].flat()) {
			const result = await fetchDocument(state, dispatcher, url, MAX_BYTES - size, signal);
			if (typeof result === 'string') throw new Failure(result);
			size += result.size;
			documents.push(result);
		}
		return documents;
	}

	function checkAccount(fax: Fax): void {
		const application = state.applications.get(fax.connectionId);
		const profileId = application?.outbound.outbound_voice_profile_id;
		const profile = profileId ? state.voiceProfiles.get(profileId) : undefined;
		if (!application || !profile?.enabled) throw new Failure('no_outbound_profile');
		const country = countryOf(fax.to);
		if (country && !country.some((code) => profile.whitelisted_destinations.includes(code))) {
			throw new Failure('destination_not_in_countries_whitelist');
		}
		const calls = [...state.calls];
		const ofApplication = calls.filter((call) => call.connectionId === application.id).length;
		const ofProfile = calls.filter((call) => {
			const other = state.applications.get(call.connectionId);
			return other?.outbound.outbound_voice_profile_id === profileId;
		}).length;
		if (calls.length >= state.settings.maxConcurrentCalls) {
			throw new Failure('user_channel_limit_exceeded');
		}
		if (ofApplication >= (application.outbound.channel_limit ?? Infinity)) {
			throw new Failure('connection_channel_limit_exceeded');
		}
		if (ofProfile >= (profile.concurrent_call_limit ?? Infinity)) {
			throw new Failure('outbound_profile_channel_limit_exceeded');
		}
	}
}

/** Gives out a fresh link to a document of a fax. */
export function linkTo(state: State, fax: Fax, document: Document, suffix: string): string {
	const extension = document.contentType === 'image/tiff' ? 'tiff' : 'pdf';
	const key = `faxes-prod/${state.userId}/${fax.id}${suffix}.${extension}`;
	return state.links.issue(key, document, fax.id);
}

/** The one URL the resource and the events show when a list was sent. */
export function firstOf(source: string | string[]): string | undefined {
	return Array.isArray(source) ? source[0] : source;
}

function dropBytes(fax: Fax): void {
	if (fax.document && !fax.storeMedia && fax.direction === 'outbound') {
		fax.document = { ...fax.document, bytes: EMPTY };
	}
}
