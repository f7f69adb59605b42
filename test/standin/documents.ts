import { createHash } from 'node:crypto';

export type DocumentFormat = 'pdf' | 'tiff' | 'jpeg' | 'png' | 'doc' | 'docx' | 'rtf' | 'txt';

/** A document and what processing found out about it. */
export interface Document {
	/** Dropped once processed, unless a link or Media Storage serves it. */
	bytes: Buffer;
	/** Bytes. */
	size: number;
	contentType: string;
	/** Name it was uploaded under. */
	filename?: string;
}

const contentTypes: Record<DocumentFormat, string> = {
	pdf: 'application/pdf',
	tiff: 'image/tiff',
	jpeg: 'image/jpeg',
	png: 'image/png',
	doc: 'application/msword',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	rtf: 'application/rtf',
	txt: 'text/plain',
};

function looksLikeText(head: Buffer): boolean {
	const text = head.toString('utf8');
	return head.length > 0 && !text.includes('\0') && !/^\s*<(!doctype|html)/i.test(text);
}

/** The format by its first bytes; undefined for what Telnyx can't fax. */
export function sniffFormat(bytes: Buffer): DocumentFormat | undefined {
	const head = bytes.subarray(0, 1024);
	const start = head.toString('latin1');
	if (start.startsWith('%PDF-')) return 'pdf';
	if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
	if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
	if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
	if (start.startsWith('\xd0\xcf\x11\xe0')) return 'doc';
	if (start.startsWith('PK\x03\x04')) return bytes.includes('word/') ? 'docx' : undefined;
	if (start.startsWith('{\\rtf')) return 'rtf';
	return looksLikeText(head) ? 'txt' : undefined;
}

/** Content type by what the bytes are, else the one that was named. */
export function contentTypeOf(bytes: Buffer, named = 'application/octet-stream'): string {
	const format = sniffFormat(bytes);
	return format && format !== 'txt' ? contentTypes[format] : named;
}

/** Puts a document together. */
export function makeDocument(bytes: Buffer, contentType?: string, filename?: string): Document {
	return {
		bytes,
		size: bytes.length,
		contentType: contentTypeOf(bytes, contentType),
		...(filename === undefined ? {} : { filename }),
	};
}

async function pdfPages(bytes: Buffer): Promise<number | undefined> {
	const visible = bytes.toString('latin1').match(/\/Type\s*\/Page(?![a-zA-Z])/g);
	if (visible) return visible.length;
	const { PDFDocument } = await import('pdf-lib');
	try {
		return (await PDFDocument.load(bytes, { ignoreEncryption: true })).getPageCount();
	} catch {
		// What pdf-lib can't read is what Telnyx reports as a damaged file.
		return undefined;
	}
}

function tiffPages(bytes: Buffer): number | undefined {
	const little = bytes.toString('latin1', 0, 2) === 'II';
	const read16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
	const read32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
	let pages = 0;
	for (let at = read32(4); at !== 0; pages++) {
		if (at + 2 > bytes.length || pages > 1000) return undefined;
		const next = at + 2 + read16(at) * 12;
		if (next + 4 > bytes.length) return undefined;
		at = read32(next);
	}
	return pages || undefined;
}

/** Pages a document has on paper; undefined when it is damaged or of an unsupported format. */
export async function countPages(bytes: Buffer): Promise<number | undefined> {
	const format = sniffFormat(bytes);
	if (format === undefined) return undefined;
	if (format === 'pdf') return await pdfPages(bytes);
	if (format === 'tiff') return bytes.length < 8 ? undefined : tiffPages(bytes);
	if (format === 'txt') return Math.ceil(bytes.toString('utf8').split('\n').length / 60);
	return 1;
}

/** SHA-256 in hex. */
export function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/**
 * A valid PDF.
 * @param options.size at least so many bytes, filled up with a stream a viewer ignores
 */
export async function pdfDocument(
	options: { pages?: number; title?: string; size?: number } = {},
): Promise<Buffer> {
	const { pages = 2, title = 'Facsimile', size = 0 } = options;
	const { PDFDocument, StandardFonts } = await import('pdf-lib');
	const pdf = await PDFDocument.create();
	pdf.setTitle(title);
	const font = await pdf.embedFont(StandardFonts.Helvetica);
	for (let number = 1; number <= pages; number++) {
		const page = pdf.addPage([595, 842]);
		page.drawText(title, { x: 60, y: 760, size: 24, font });
		page.drawText(`Page ${number} of ${pages}`, { x: 60, y: 720, size: 12, font });
	}
	const plain = await pdf.save({ useObjectStreams: false });
	if (plain.length >= size) return Buffer.from(plain);
	pdf.context.register(pdf.context.stream(Buffer.alloc(size - plain.length)));
	return Buffer.from(await pdf.save({ useObjectStreams: false }));
}

/** A valid black-and-white TIFF of blank pages. */
export function tiffDocument(pages = 1): Buffer {
	const tags: Array<[tag: number, type: 3 | 4, value: (pixels: number) => number]> = [
		[256, 3, () => 8],
		[257, 3, () => 8],
		[258, 3, () => 1],
		[259, 3, () => 1],
		[262, 3, () => 0],
		[273, 4, (pixels) => pixels],
		[277, 3, () => 1],
		[278, 3, () => 8],
		[279, 4, () => 8],
	];
	const pixelBytes = 8;
	const directoryBytes = 2 + tags.length * 12 + 4;
	const pageBytes = pixelBytes + directoryBytes;
	const tiff = Buffer.alloc(8 + pages * pageBytes);
	tiff.write('II*\0', 'latin1');
	tiff.writeUInt32LE(8 + pixelBytes, 4);
	for (let page = 0; page < pages; page++) {
		const pixels = 8 + page * pageBytes;
		const directory = pixels + pixelBytes;
		tiff.writeUInt16LE(tags.length, directory);
		tags.forEach(([tag, type, value], index) => {
			const at = directory + 2 + index * 12;
			tiff.writeUInt16LE(tag, at);
			tiff.writeUInt16LE(type, at + 2);
			tiff.writeUInt32LE(1, at + 4);
			tiff.writeUInt32LE(value(pixels), at + 8);
		});
		const next = page + 1 < pages ? directory + pageBytes : 0;
		tiff.writeUInt32LE(next, directory + 2 + tags.length * 12);
	}
	return tiff;
}
