import { Router } from 'express';
import { z } from 'zod';
import { withTypes } from '../bodies';
import { answer, callOf, pathParameter, type Call, type UploadedFile } from '../calls';
import { isoSeconds, now } from '../clock';
import { makeDocument } from '../documents';
import { notFound, tooManyRequests, unprocessable, type Issue } from '../errors';
import { firstOf, linkTo, type Lifecycle } from '../lifecycle';
import { paginate, queryValue, timeFilter } from '../lists';
import { addFax, type State } from '../state';
import type { Delivery, Fax, FaxStatus } from '../types';
import { check, E164, httpUrl, phoneNumber, withoutNulls } from '../validation';

const cancelable: FaxStatus[] = ['queued', 'media.processed', 'originated', 'sending'];

const earlyEvents = [
	'fax.queued',
	'fax.media.processed',
	'fax.sending.started',
	'fax.delivered',
	'fax.failed',
];

const destination = z
	.string()
	.refine((to) => E164.test(to) || /^sips?:[^\s@]+@[^\s@]+$/i.test(to), {
		message: 'Phone number must be in +E.164 format',
	});

const base64 = z
	.string()
	.refine((text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text), {
		message: 'must be a valid Base-64 encoded string',
	});

const multipartFields = {
	connection_id: z.string().min(1),
	from: phoneNumber,
	to: destination,
	quality: z.enum(['normal', 'high', 'very_high', 'ultra_light', 'ultra_dark']).optional(),
	monochrome: z.boolean().optional(),
	store_media: z.boolean().optional(),
	store_preview: z.boolean().optional(),
	t38_enabled: z.boolean().optional(),
};

const jsonFields = {
	...multipartFields,
	media_url: z.union([httpUrl, z.array(httpUrl).min(1)]).optional(),
	media_name: z.string().min(1).optional(),
	from_display_name: z
		.string()
		.max(128)
		.regex(/^[\p{L}\p{N} \-_~!.+]*$/u, { message: 'contains characters that are not allowed' })
		.optional(),
	black_threshold: z.number().int().min(1).max(100).optional(),
	preview_format: z.enum(['pdf', 'tiff']).optional(),
	client_state: base64.optional(),
	webhook_url: httpUrl.optional(),
};

const multipartSchema = z.object(multipartFields);
const jsonSchema = z.object(jsonFields);

const fieldTypes = {
	booleans: ['monochrome', 'store_media', 'store_preview', 't38_enabled'],
	integers: ['black_threshold'],
};

/** A fax as Telnyx shows it. */
export function faxResource(state: State, fax: Fax): Record<string, unknown> {
	const application = state.applications.get(fax.connectionId);
	const shared = {
		record_type: 'fax',
		id: fax.id,
		connection_id: fax.connectionId,
		direction: fax.direction,
		from: fax.from,
		to: fax.to,
		status: fax.status,
		quality: fax.quality,
		failure_reason: fax.failureReason,
		internal_failure_reason: fax.internalFailureReason,
		created_at: isoSeconds(fax.createdAt),
		updated_at: isoSeconds(fax.updatedAt),
	};
	if (fax.direction === 'inbound') {
		return fax.mediaUrl === undefined ? shared : { ...shared, media_url: fax.mediaUrl };
	}
	const optional = {
		media_url: fax.sourceUrl === undefined ? undefined : firstOf(fax.sourceUrl),
		media_name: fax.mediaName,
		stored_media_url: fax.storedMediaUrl,
		preview_url: fax.previewUrl,
		client_state: fax.clientState,
	};
	return {
		...shared,
		from_display_name: fax.fromDisplayName,
		store_media: fax.storeMedia,
		webhook_url: fax.webhookUrl ?? application?.webhook_event_url ?? '',
		webhook_failover_url: application?.webhook_event_failover_url ?? '',
		...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
	};
}

/** Resolves when an event of a fax, or its last one, has been delivered or given up. */
async function deliveryOf(state: State, fax: Fax, event: string): Promise<void> {
	await new Promise<void>((resolve) => {
		const onDelivered = (delivery: Delivery) => {
			const type = delivery.event.event_type;
			if (delivery.faxId !== fax.id || ![event, 'fax.delivered', 'fax.failed'].includes(type)) {
				return;
			}
			state.events.off('delivered', onDelivered);
			resolve();
		};
		state.events.on('delivered', onDelivered);
	});
}

/** Takes a fax on or refuses it with everything that is wrong with it. */
function acceptFax(state: State, call: Call): Fax {
	const multipart = call.encoding === 'multipart';
	const body = withoutNulls(withTypes(call, fieldTypes));
	const known = multipart ? multipartFields : jsonFields;
	call.record.ignoredFields = Object.keys(body).filter(
		(name) => !(name in known) && !(multipart && name === 'contents'),
	);
	const contents = call.files.get('contents');
	const source = multipart ? contentsIssues(body, contents) : sourceIssues(state, body);
	const issues = [...source, ...accountIssues(state, body)];
	const fields: z.infer<typeof jsonSchema> = multipart
		? check(multipartSchema, body, issues)
		: check(jsonSchema, body, issues);
	if (state.inProgress.size >= state.settings.maxFaxesInProgress) throw tooManyRequests();
	return addFax(state, {
		connectionId: fields.connection_id,
		from: fields.from,
		to: fields.to,
		fromDisplayName: fields.from_display_name ?? fields.from,
		status: 'queued',
		sourceUrl: fields.media_url,
		mediaName: fields.media_name,
		document: contents && makeDocument(contents.bytes, contents.contentType, contents.filename),
		storeMedia: fields.store_media ?? false,
		storePreview: fields.store_preview ?? false,
		previewFormat: fields.preview_format ?? 'tiff',
		quality: fields.quality ?? 'high',
		t38Enabled: fields.t38_enabled ?? true,
		monochrome: fields.monochrome ?? false,
		blackThreshold: fields.black_threshold ?? 95,
		clientState: fields.client_state,
		webhookUrl: fields.webhook_url,
	});
}

function contentsIssues(
	body: Record<string, unknown>,
	contents: UploadedFile | undefined,
): Issue[] {
	const pointer = '/contents';
	if (!contents) {
		return 'contents' in body
			? [{ code: '10015', detail: "'contents' is invalid", pointer }]
			: [{ code: '10004', detail: 'The required parameter contents is missing', pointer }];
	}
	if (!contents.filename) return [{ code: '10015', detail: "'contents' is invalid", pointer }];
	if (contents.tooLarge) {
		return [{ code: '10015', detail: "'contents' exceeds the maximum size of 20 MB", pointer }];
	}
	return [];
}

function sourceIssues(state: State, body: Record<string, unknown>): Issue[] {
	const { media_url: url, media_name: name, store_media: store } = body;
	const issues: Issue[] = [];
	if (url === undefined && name === undefined) {
		const detail = 'One of media_url, media_name or contents is required';
		issues.push({ code: '10004', detail, pointer: '/media_url' });
	}
	if (url !== undefined && name !== undefined) {
		const detail = "media_url and media_name/contents can't be submitted together";
		issues.push({ code: '10015', detail, pointer: '/media_url' });
	}
	if (name !== undefined && store === true) {
		const detail = 'store_media does not support media_name';
		issues.push({ code: '10015', detail, pointer: '/store_media' });
	}
	const medium = typeof name === 'string' ? state.media.get(name) : undefined;
	if (typeof name === 'string' && !(medium && medium.expiresAt > now(state.settings))) {
		issues.push({
			code: '10017',
			detail: `media_name: no such media: ${name}`,
			pointer: '/media_name',
		});
	}
	return issues;
}

function accountIssues(state: State, body: Record<string, unknown>): Issue[] {
	const { connection_id: connection, from } = body;
	const issues: Issue[] = [];
	if (typeof connection === 'string' && !state.applications.has(connection)) {
		const detail = 'Invalid value for connection_id (Fax Application ID)';
		issues.push({ code: '10015', detail, pointer: '/connection_id' });
	}
	const numbers = [...state.phoneNumbers.values()];
	if (
		typeof from === 'string' &&
		E164.test(from) &&
		!numbers.some((number) => number.phone_number === from)
	) {
		const detail = `from: ${from} is not a number of this account`;
		issues.push({ code: '10002', detail, pointer: '/from' });
	}
	return issues;
}

export function faxRoutes(state: State, lifecycle: Lifecycle): Router {
	const router = Router();

	router.get('/faxes', (req, res) => {
		const only = (field: string) => queryValue(req, 'filter', field, 'eq');
		const [direction, from, to] = ['direction', 'from', 'to'].map(only);
		const isWanted = timeFilter(req, ['filter', 'created_at']);
		const rows = [...state.faxes.values()]
			.filter((fax) => direction === undefined || fax.direction === direction)
			.filter((fax) => from === undefined || fax.from === from)
			.filter((fax) => to === undefined || fax.to === to)
			.filter((fax) => isWanted(fax.createdAt))
			.reverse()
			.sort((a, b) => b.createdAt - a.createdAt);
		const page = paginate(req, rows);
		answer(req, res, 200, { ...page, data: page.data.map((fax) => faxResource(state, fax)) });
	});

	router.post('/faxes', async (req, res) => {
		const call = callOf(req);
		const fax = acceptFax(state, call);
		const accepted = { data: faxResource(state, fax) };
		const early = earlyEvents.find((event) => state.faults.forEvent('early', event, fax.id));
		if (early !== undefined) {
			const delivered = deliveryOf(state, fax, early);
			lifecycle.startOutbound(fax);
			await delivered;
		} else if (call.fault) {
			lifecycle.startOutbound(fax);
		} else {
			// A client that hung up while it waited has closed it already.
			const answered = res.closed
				? undefined
				: new Promise((resolve) => res.once('close', resolve));
			lifecycle.startOutbound(fax, answered);
		}
		answer(req, res, 202, accepted);
	});

	router.get('/faxes/:id', (req, res) => {
		answer(req, res, 200, { data: faxResource(state, find(pathParameter(req, 'id'))) });
	});

	router.delete('/faxes/:id', (req, res) => {
		state.faxes.delete(find(pathParameter(req, 'id')).id);
		answer(req, res, 204);
	});

	router.post('/faxes/:id/actions/cancel', (req, res) => {
		const fax = find(pathParameter(req, 'id'));
		if (fax.direction === 'inbound' || !cancelable.includes(fax.status)) {
			throw unprocessable({
				code: '10015',
				detail: `The fax can not be canceled in the status ${fax.status}`,
			});
		}
		fax.cancelRequested = true;
		answer(req, res, 202, { data: { result: 'ok' } });
	});

	router.post('/faxes/:id/actions/refresh', (req, res) => {
		const fax = find(pathParameter(req, 'id'));
		if (fax.direction === 'outbound' || !fax.document || fax.mediaUrl === undefined) {
			throw unprocessable({ code: '10015', detail: 'Only received faxes can be refreshed' });
		}
		fax.mediaUrl = linkTo(state, fax, fax.document, '');
		answer(req, res, 200, { data: { result: 'ok' } });
	});

	function find(id: string): Fax {
		const fax = state.faxes.get(id);
		if (!fax) throw notFound();
		return fax;
	}

	return router;
}
