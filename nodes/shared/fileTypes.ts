import { InputError } from './errors';

export interface FileType {
	mimeType: string;
	/** Without a dot. */
	extension: string;
}

const pdf = { mimeType: 'application/pdf', extension: 'pdf' };
const tiff = { mimeType: 'image/tiff', extension: 'tiff' };
const jpeg = { mimeType: 'image/jpeg', extension: 'jpg' };
const png = { mimeType: 'image/png', extension: 'png' };
const doc = { mimeType: 'application/msword', extension: 'doc' };
const docx = {
	mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	extension: 'docx',
};
const rtf = { mimeType: 'application/rtf', extension: 'rtf' };
const txt = { mimeType: 'text/plain', extension: 'txt' };

/** How many bytes from the start of a file tell its type. */
export const headBytes = 4096;

const faxable = 'PDF, TIFF, JPEG, PNG, DOC, DOCX, RTF and TXT';

/** What a file says of itself; either may be missing or wrong. */
export interface Label {
	fileName?: string;
	mimeType?: string;
}

function startsWith(head: Buffer, ...bytes: number[]): boolean {
	return bytes.every((byte, index) => head[index] === byte);
}

function labelled({ fileName, mimeType }: Label, type: FileType, ...otherMimeTypes: string[]) {
	const extension = /\.([^.]+)$/.exec(fileName ?? '')?.[1]?.toLowerCase();
	const label = mimeType?.split(';')[0].trim().toLowerCase();
	return (
		extension === type.extension ||
		label === type.mimeType ||
		(label !== undefined && otherMimeTypes.includes(label))
	);
}

function looksLikeText(head: Buffer): boolean {
	const withByteOrderMark = startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff);
	return withByteOrderMark || !head.includes(0);
}

/**
 * The type of a file by its first bytes (`headBytes` of them are enough), where the bytes are
 * unmistakable. Undefined for text, Office containers and anything that cannot be faxed.
 */
export function signatureType(head: Buffer): FileType | undefined {
	// Readers accept a PDF header anywhere in the first kilobyte.
	if (head.subarray(0, 1024).includes('%PDF-')) return pdf;
	if (startsWith(head, 0x49, 0x49, 0x2a, 0) || startsWith(head, 0x4d, 0x4d, 0, 0x2a)) return tiff;
	if (startsWith(head, 0xff, 0xd8, 0xff)) return jpeg;
	if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return png;
	if (head.subarray(0, 5).equals(Buffer.from('{\\rtf'))) return rtf;
	return undefined;
}

function officeType(head: Buffer, label: Label): FileType | undefined {
	const isZip = startsWith(head, 0x50, 0x4b, 0x03, 0x04);
	// A zip and an OLE container hold other Office files too: there the label decides.
	if (isZip && (labelled(label, docx) || head.includes('word/'))) return docx;
	const isOle = startsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
	return isOle && labelled(label, doc) ? doc : undefined;
}

/**
 * The type under which a file can be faxed. The first bytes decide, the label only where bytes
 * cannot tell (Word files, plain text).
 *
 * @throws InputError naming the types that Telnyx takes
 */
export function faxableType(head: Buffer, label: Label, what: string): FileType {
	if (head.length === 0) {
		throw new InputError(`${what} is empty`, 'Check the node that produces the file');
	}
	const type = signatureType(head) ?? officeType(head, label);
	if (type) return type;
	if (looksLikeText(head) && labelled(label, txt)) return txt;
	const name = label.fileName ? ` "${label.fileName}"` : '';
	throw new InputError(
		`${what}${name} cannot be faxed: its content is not of a type that Telnyx takes${label.mimeType ? `, though it is labelled ${label.mimeType}` : ''}`,
		`Convert it first. Telnyx takes ${faxable}`,
		label.fileName ? [label.fileName] : [],
	);
}

/** `name` with the extension of `type`, which Telnyx and people go by. */
export function fileNameFor(name: string, { extension }: FileType): string {
	const current = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
	const synonyms = [
		extension,
		...(extension === 'tiff' ? ['tif'] : []),
		...(extension === 'jpg' ? ['jpeg'] : []),
	];
	return current !== undefined && synonyms.includes(current) ? name : `${name}.${extension}`;
}
