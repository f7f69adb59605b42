import { createHash } from 'node:crypto';
import busboy from 'busboy';
import express, { type Request, type RequestHandler } from 'express';
import { callOf, type Call } from './calls';
import { badRequest } from './errors';

/** Largest upload, in multipart faxes as well as in Media Storage; bytes. */
export const MAX_UPLOAD = 20 * 1024 * 1024;

const KEPT_IN_RECORD = 256 * 1024;

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads JSON, form and multipart bodies into the call. */
export function readBodies(): RequestHandler[] {
	return [
		express.json({ limit: '5mb', strict: false }),
		express.urlencoded({ extended: true, limit: '5mb' }),
		async (req, _res, next) => {
			const call = callOf(req);
			if (req.is('multipart/form-data')) {
				call.encoding = 'multipart';
				await readMultipart(req, call);
			} else if (req.body !== undefined) {
				call.encoding = req.is('application/x-www-form-urlencoded') ? 'form' : 'json';
				call.record.json = req.body;
				if (isRecord(req.body)) call.body = req.body;
				else throw badRequest({ pointer: '/' });
			}
			next();
		},
	];
}

async function readMultipart(req: Request, call: Call): Promise<void> {
	const parts = (call.record.parts ??= []);
	await new Promise<void>((resolve, reject) => {
		const malformed = () => reject(badRequest({ pointer: '/' }));
		let parser: busboy.Busboy;
		try {
			parser = busboy({
				headers: req.headers,
				limits: { fileSize: MAX_UPLOAD + 1, fieldSize: MAX_UPLOAD + 1 },
			});
		} catch {
			malformed();
			return;
		}
		parser.on('field', (name, value) => {
			parts.push({ name, value: value.slice(0, KEPT_IN_RECORD) });
			call.body[name] = value;
		});
		parser.on('file', (name, stream, info) => {
			const hash = createHash('sha256');
			const chunks: Buffer[] = [];
			let size = 0;
			stream.on('data', (chunk: Buffer) => {
				hash.update(chunk);
				size += chunk.length;
				chunks.push(chunk);
			});
			stream.on('end', () => {
				const bytes = Buffer.concat(chunks);
				const { filename, mimeType: contentType } = info;
				const part = { name, filename, contentType, size, sha256: hash.digest('hex') };
				parts.push(size <= KEPT_IN_RECORD ? { ...part, bytes } : part);
				const tooLarge = size > MAX_UPLOAD;
				const kept = tooLarge ? Buffer.alloc(0) : bytes;
				call.files.set(name, { filename, contentType, bytes: kept, tooLarge });
			});
		});
		parser.on('error', malformed);
		parser.on('close', resolve);
		req.on('aborted', malformed);
		req.pipe(parser);
	});
}

/** Turns the strings of a form into the booleans and integers a field is documented with. */
export function withTypes(
	call: Call,
	types: { booleans?: string[]; integers?: string[] },
): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(call.body)) {
		body[name] = value;
		if (call.encoding === 'json' || typeof value !== 'string') continue;
		if (types.booleans?.includes(name) && /^(true|false)$/.test(value)) {
			body[name] = value === 'true';
		}
		if (types.integers?.includes(name) && /^-?\d+$/.test(value)) body[name] = Number(value);
	}
	return body;
}
