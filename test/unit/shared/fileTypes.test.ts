import { InputError } from '../../../nodes/shared/errors';
import {
	faxableType,
	fileNameFor,
	headBytes,
	signatureType,
} from '../../../nodes/shared/fileTypes';

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const bytes = (...values: number[]) => Buffer.from(values);
const zip = Buffer.concat([bytes(0x50, 0x4b, 3, 4), Buffer.from('....[Content_Types].xml')]);
const ole = bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0);
const png = bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

describe('the first bytes', () => {
	it.each([
		['a PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
		['a PDF after some rubbish', Buffer.from(`${'x'.repeat(900)}%PDF-1.4`), 'application/pdf'],
		['a little-endian TIFF', Buffer.from('II*\0'), 'image/tiff'],
		['a big-endian TIFF', Buffer.from('MM\0*'), 'image/tiff'],
		['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
		['a PNG', png, 'image/png'],
		['an RTF', Buffer.from('{\\rtf1\\ansi'), 'application/rtf'],
	])('tell %s', (_what, head, mimeType) => {
		expect(signatureType(head)?.mimeType).toBe(mimeType);
		expect(faxableType(head, { fileName: 'x.exe', mimeType: 'video/mp4' }, 'It').mimeType).toBe(
			mimeType,
		);
	});

	it.each([
		['nothing', Buffer.alloc(0)],
		['text', Buffer.from('Dear colleague')],
		['a PDF header too far inside', Buffer.from(`${'x'.repeat(1024)}%PDF-1.4`)],
		['half a TIFF header', Buffer.from('II*')],
		['a GIF', Buffer.from('GIF89a')],
		['a zip', zip],
	])('do not tell %s', (_what, head) => {
		expect(signatureType(head)).toBeUndefined();
	});
});

describe('the type to fax a file as', () => {
	it.each([
		['a zip that says word/', Buffer.concat([zip, Buffer.from('word/document.xml')]), {}, 'docx'],
		['a zip labelled as Word', zip, { mimeType: docxType }, 'docx'],
		['a zip named as Word', zip, { fileName: 'Letter.DOCX' }, 'docx'],
		['an OLE file named as Word', ole, { fileName: 'letter.doc' }, 'doc'],
		['an OLE file labelled as Word', ole, { mimeType: 'application/msword' }, 'doc'],
		['text named as such', Buffer.from('Hi'), { fileName: 'a.b.txt' }, 'txt'],
		['text with a charset', Buffer.from('Hi'), { mimeType: 'text/plain; charset=utf-8' }, 'txt'],
		['text in capitals', Buffer.from('Hi'), { mimeType: 'TEXT/PLAIN' }, 'txt'],
		['UTF-16 text', bytes(0xff, 0xfe, 0x48, 0x00), { fileName: 'a.txt' }, 'txt'],
		['UTF-16 text, big-endian', bytes(0xfe, 0xff, 0x00, 0x48), { fileName: 'a.txt' }, 'txt'],
	])('is found for %s', (_what, head, label, extension) => {
		expect(faxableType(head, label, 'It').extension).toBe(extension);
	});

	it.each([
		['a spreadsheet', zip, { fileName: 'sheet.xlsx' }],
		['an old spreadsheet', ole, { fileName: 'sheet.xls' }],
		['an OLE file without label', ole, {}],
		['a zip', zip, { fileName: 'archive.zip', mimeType: 'application/zip' }],
		['HTML', Buffer.from('<!doctype html>'), { mimeType: 'text/html', fileName: 'login.html' }],
		['a GIF that claims to be PNG', Buffer.from('GIF89a\0'), { mimeType: 'image/png' }],
		['a web page that claims to be PDF', Buffer.from('<html>'), { mimeType: 'application/pdf' }],
		['JSON', Buffer.from('{}'), { mimeType: 'application/json' }],
		['text without label', Buffer.from('Hi'), {}],
		['binary data that claims to be text', bytes(1, 0, 2), { mimeType: 'text/plain' }],
		[
			'names from a prototype',
			Buffer.from('x'),
			{ fileName: '__proto__', mimeType: 'constructor' },
		],
	])('does not exist for %s', (_what, head, label) => {
		const refusal = () => faxableType(head, label, 'The file of item 3');
		expect(refusal).toThrow(InputError);
		expect(refusal).toThrow(/^The file of item 3.* cannot be faxed/);
	});

	it('is refused with the file, its label and what Telnyx takes', () => {
		expect.assertions(2);
		try {
			faxableType(Buffer.from('<html>'), { fileName: 'a.pdf', mimeType: 'application/pdf' }, 'It');
		} catch (error) {
			expect(error).toHaveProperty(
				'message',
				'It "a.pdf" cannot be faxed: its content is not of a type that Telnyx takes, though it is labelled application/pdf',
			);
			expect(error).toHaveProperty(
				'nextStep',
				'Convert it first. Telnyx takes PDF, TIFF, JPEG, PNG, DOC, DOCX, RTF and TXT',
			);
		}
	});

	it('does not exist for an empty file', () => {
		expect(() => faxableType(Buffer.alloc(0), { fileName: 'a.txt' }, 'It')).toThrow('It is empty');
	});

	it('needs no more than the first bytes', () => {
		const head = Buffer.concat([png, Buffer.alloc(headBytes * 2)]);
		expect(faxableType(head.subarray(0, headBytes), {}, 'It').extension).toBe('png');
	});
});

describe('the name of a file', () => {
	const pdf = { mimeType: 'application/pdf', extension: 'pdf' };
	const tiff = { mimeType: 'image/tiff', extension: 'tiff' };
	const jpeg = { mimeType: 'image/jpeg', extension: 'jpg' };

	it.each([
		['letter.pdf', pdf, 'letter.pdf'],
		['LETTER.PDF', pdf, 'LETTER.PDF'],
		['letter', pdf, 'letter.pdf'],
		['letter.', pdf, 'letter..pdf'],
		['report.2026', pdf, 'report.2026.pdf'],
		['scan.tif', tiff, 'scan.tif'],
		['scan.tiff', tiff, 'scan.tiff'],
		['photo.jpeg', jpeg, 'photo.jpeg'],
		['photo.png', jpeg, 'photo.png.jpg'],
		['', pdf, '.pdf'],
	])('%j gets the extension of its type', (name, type, expected) => {
		expect(fileNameFor(name, type)).toBe(expected);
	});
});
