import { randomUUID } from 'node:crypto';
import { Router, type Request } from 'express';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { MAX_UPLOAD, withTypes } from '../bodies';
import { answer, answerBytes, callOf, pathParameter } from '../calls';
import { isoMilliseconds, now } from '../clock';
import { makeDocument, type Document } from '../documents';
import { notFound, unprocessable, type Issue } from '../errors';
import { fetchDocument } from '../fetchDocument';
import { queryValues } from '../lists';
import type { State } from '../state';
import type { Medium } from '../types';
import { check, httpUrl } from '../validation';

const DEFAULT_TTL_SECS = 172_800;

const schema = z.object({
	media_url: httpUrl.optional(),
	media_name: z.string().min(1).optional(),
	ttl_secs: z.number().int().min(1).max(630_720_000).optional(),
});

function resource(medium: Medium): Record<string, string> {
	return {
		media_name: medium.name,
		content_type: medium.document.contentType,
		created_at: isoMilliseconds(medium.createdAt),
		updated_at: isoMilliseconds(medium.updatedAt),
		expires_at: isoMilliseconds(medium.expiresAt),
	};
}

export function mediaRoutes(state: State, dispatcher: Dispatcher): Router {
	const router = Router();

	router.get('/media', (req, res) => {
		const types = queryValues(req, 'filter', 'content_type').flatMap((type) => type.split(','));
		const plain = types.map((type) => type.replace('_', '/'));
		const rows = [...state.media.values()]
			.filter(isAlive)
			.filter((medium) => plain.length === 0 || plain.includes(medium.document.contentType));
		const meta = {
			total_pages: rows.length > 0 ? 1 : 0,
			total_results: rows.length,
			page_number: 1,
			page_size: rows.length,
		};
		answer(req, res, 200, { data: rows.map(resource), meta });
	});

	router.post('/media', async (req, res) => {
		const { name = randomUUID(), document, ttlSecs } = await readUpload(req);
		const known = state.media.get(name);
		if (known && isAlive(known)) {
			const detail = 'A media with this name already exists';
			throw unprocessable({ code: '10012', detail, pointer: '/media_name' });
		}
		const time = now(state.settings);
		const medium: Medium = {
			name,
			document,
			createdAt: time,
			updatedAt: time,
			expiresAt: time + (ttlSecs ?? DEFAULT_TTL_SECS) * 1000,
		};
		state.media.set(name, medium);
		answer(req, res, 201, { data: resource(medium) });
	});

	router.get('/media/:name', (req, res) => {
		answer(req, res, 200, { data: resource(find(req)) });
	});

	router.put('/media/:name', async (req, res) => {
		const medium = find(req);
		const { document, ttlSecs } = await readUpload(req);
		medium.document = document;
		medium.updatedAt = now(state.settings);
		medium.expiresAt = medium.updatedAt + (ttlSecs ?? DEFAULT_TTL_SECS) * 1000;
		answer(req, res, 200, { data: resource(medium) });
	});

	router.delete('/media/:name', (req, res) => {
		state.media.delete(find(req).name);
		answer(req, res, 204);
	});

	router.get('/media/:name/download', (req, res) => {
		const { document } = find(req);
		res.setHeader('content-type', 'application/octet-stream');
		answerBytes(req, res, 200, document.bytes);
	});

	function isAlive(medium: Medium): boolean {
		return medium.expiresAt > now(state.settings);
	}

	function find(req: Request): Medium {
		const medium = state.media.get(pathParameter(req, 'name'));
		if (!medium || !isAlive(medium)) throw notFound();
		return medium;
	}

	async function readUpload(
		req: Request,
	): Promise<{ name?: string; document: Document; ttlSecs?: number }> {
		const call = callOf(req);
		const body = withTypes(call, { integers: ['ttl_secs'] });
		const multipart = call.encoding === 'multipart';
		call.record.ignoredFields = Object.keys(body).filter(
			(name) => !(name in schema.shape) || (multipart && name === 'media_url'),
		);
		const file = call.files.get('media');
		const issues: Issue[] = [];
		if (multipart && !file?.filename) {
			const missing = !file && !('media' in body);
			const detail = missing ? 'The required parameter media is missing' : "'media' is invalid";
			issues.push({ code: missing ? '10004' : '10015', detail, pointer: '/media' });
		}
		if (file?.tooLarge) {
			const detail = "'media' exceeds the maximum size of 20 MB";
			issues.push({ code: '10015', detail, pointer: '/media' });
		}
		if (!multipart && body.media_url === undefined) {
			const detail = 'The required parameter media_url is missing';
			issues.push({ code: '10004', detail, pointer: '/media_url' });
		}
		const fields = check(schema, body, issues);
		const name = fields.media_name;
		const ttlSecs = fields.ttl_secs;
		if (file) {
			const document = makeDocument(file.bytes, file.contentType, file.filename);
			return { name, document, ttlSecs };
		}
		return { name, document: await fetchSource(fields.media_url ?? ''), ttlSecs };
	}

	async function fetchSource(url: string): Promise<Document> {
		const { signal } = state.background;
		const result = await fetchDocument(state, dispatcher, url, MAX_UPLOAD, signal);
		if (typeof result !== 'string') return result;
		const detail =
			result === 'file_download_failed'
				? 'media_url: the file could not be downloaded'
				: 'media_url: the file exceeds the maximum size of 20 MB';
		throw unprocessable({ code: '10015', detail, pointer: '/media_url' });
	}

	return router;
}
