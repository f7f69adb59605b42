import { z } from 'zod';

import { startService } from './service';
import type { Service } from './service';

const metadataSchema = z.object({ name: z.string(), parents: z.array(z.string()) });

/** A file that was uploaded. */
export interface DriveFile {
	name: string;
	parents: string[];
	content: Buffer;
}

/** A stand-in for Google Drive that takes uploads. */
export interface GoogleDrive extends Service {
	files: DriveFile[];
}

/** The JSON part and the file part of a `multipart/related` body. */
function partsOf(body: Buffer): { metadata: unknown; content: Buffer } {
	const boundary = body.subarray(0, body.indexOf('\r\n'));
	const headerEnd = Buffer.from('\r\n\r\n');
	const second = body.indexOf(boundary, boundary.length);
	const metadataAt = body.indexOf(headerEnd) + headerEnd.length;
	const contentAt = body.indexOf(headerEnd, second) + headerEnd.length;
	return {
		metadata: JSON.parse(body.subarray(metadataAt, second).toString()),
		content: body.subarray(contentAt, body.lastIndexOf(boundary) - 2),
	};
}

/** Starts a Google Drive; it plays `www.googleapis.com`. */
export async function startGoogleDrive(): Promise<GoogleDrive> {
	const files: DriveFile[] = [];
	const service = await startService((app) => {
		app.post('/upload/drive/v3/files', (req, res) => {
			if (req.query.uploadType === 'multipart') {
				const { metadata, content } = partsOf(z.instanceof(Buffer).parse(req.body));
				files.push({ ...metadataSchema.parse(metadata), content });
				res.json({ id: `file-${files.length - 1}` });
				return;
			}
			files.push({ ...metadataSchema.parse(req.body), content: Buffer.alloc(0) });
			res.location(`https://www.googleapis.com/upload/${files.length - 1}`).json({});
		});
		app.put('/upload/:index', (req, res) => {
			const file = files[Number(req.params.index)];
			if (file === undefined) {
				res.sendStatus(404);
				return;
			}
			file.content = Buffer.concat([file.content, z.instanceof(Buffer).parse(req.body)]);
			res.json({ id: `file-${req.params.index}` });
		});
		app.patch('/drive/v3/files/:id', (req, res) => {
			const { id } = req.params;
			res.json({ id, webViewLink: `https://drive.google.com/file/d/${id}/view` });
		});
	});
	return { ...service, files };
}
