import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../../shared/errors';
import { toE164, toE164OrSipUri } from '../../shared/phoneNumber';
import { encodeReference, maxReferenceBytes } from '../../shared/reference';
import {
	choice,
	collectionParam,
	flag,
	locatorParam,
	maxParallelOf,
	requiredText,
	textParam,
	webUrl,
	wholeNumber,
} from '../actions/params';
import type { Document } from './document';
import { documentOf } from './document';

const longestPauseSecs = 3600;

const displayName = /^[\p{L}\p{N} \-_~!.+]{1,128}$/u;

const qualities = ['high', 'normal', 'ultra_dark', 'ultra_light', 'very_high'] as const;

const previewFormats = ['pdf', 'tiff'] as const;

const documentSources = ['binary', 'mediaName', 'url'] as const;

// Telnyx's schema has these fields for JSON bodies only: a file that goes with one of them must be
// in Media Storage first.
const jsonOnly: Record<string, string> = {
	black_threshold: 'together with Black Threshold',
	client_state: 'together with Client State',
	from_display_name: 'together with From Display Name',
	preview_format: 'together with Preview Format',
	webhook_url: 'together with a webhook URL, which Send and Wait for Result sets too',
};

/** How the document gets to Telnyx. */
export type DocumentSource =
	| { kind: 'contents'; document: Document }
	| { kind: 'mediaStorage'; document: Document; ttlSecs: number }
	| { kind: 'reference'; field: IDataObject };

/** A fax as the user wants it, checked as far as that goes without asking Telnyx. */
export interface FaxRequest {
	/** Empty: to be found by the number or the account. */
	faxApplicationId: string;
	/** In E.164; empty: to be found by the application. */
	from: string;
	/** In E.164, or a SIP URI. */
	to: string;
	/** The other fields of the body, with Telnyx's names; only what the user set. */
	fields: Record<string, string | number | boolean>;
	source: DocumentSource;
	/** Where its events resume this execution; only for Send and Wait for Result. */
	resumeUrl?: string;
	/** Whether nothing is to be sent. */
	dryRun: boolean;
	/** How long to wait after the fax before this one, in ms. */
	pauseMs: number;
}

function referenceOf(value: unknown, itemIndex: number): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const bytes = Buffer.byteLength(text);
	if (bytes > maxReferenceBytes) {
		throw new InputError(
			`The option "Client State" of item ${itemIndex} has ${bytes} bytes`,
			`Use at most ${maxReferenceBytes} bytes, for example the ID of a record instead of the record`,
		);
	}
	return encodeReference(text);
}

function displayNameOf(value: unknown, itemIndex: number): string | undefined {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return undefined;
	if (!displayName.test(text)) {
		throw new InputError(
			`The option "From Display Name" of item ${itemIndex} is "${text}", which Telnyx does not take`,
			'Use at most 128 letters, digits, spaces and the characters -_~!.+',
			[text],
		);
	}
	return text;
}

function fieldsOf(
	options: IDataObject,
	itemIndex: number,
	resumeUrl: string | undefined,
): FaxRequest['fields'] {
	const { blackThreshold } = options;
	const fields: Record<string, unknown> = {
		quality: choice(options.quality, 'Quality', itemIndex, qualities),
		monochrome: flag(options.monochrome, 'Monochrome', itemIndex),
		black_threshold:
			blackThreshold === undefined
				? undefined
				: wholeNumber(blackThreshold, 'Black Threshold', itemIndex, 1, 100),
		t38_enabled: flag(options.t38Enabled, 'T.38', itemIndex),
		from_display_name: displayNameOf(options.fromDisplayName, itemIndex),
		store_media: flag(options.storeMedia, 'Store Media', itemIndex),
		store_preview: flag(options.storePreview, 'Store Preview', itemIndex),
		preview_format: choice(options.previewFormat, 'Preview Format', itemIndex, previewFormats),
		client_state: referenceOf(options.clientState, itemIndex),
		webhook_url:
			resumeUrl ??
			(options.webhookUrl ? webUrl(options.webhookUrl, 'Webhook URL', itemIndex) : undefined),
	};
	const set: FaxRequest['fields'] = {};
	for (const [name, value] of Object.entries(fields)) {
		if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
			set[name] = value;
		}
	}
	return set;
}

function mediaUrlOf(context: IExecuteFunctions, itemIndex: number): string {
	const url = requiredText(context, 'mediaUrl', 'Document URL', itemIndex);
	if (/^data:/i.test(url)) {
		throw new InputError(
			`The parameter "Document URL" of item ${itemIndex} is a data URL, which Telnyx does not take`,
			'Turn the data into a binary file and choose Binary File as Document Source',
		);
	}
	return webUrl(url, 'Document URL', itemIndex);
}

function withoutStoreMedia(fields: FaxRequest['fields'], why: string, itemIndex: number) {
	if (fields.store_media === true) {
		throw new InputError(
			`The option "Store Media" of item ${itemIndex} cannot be used ${why}`,
			'Remove Store Media or the other one, or send the document by URL: Telnyx does not keep a copy of documents from its Media Storage',
		);
	}
	delete fields.store_media;
}

async function sourceOf(
	context: IExecuteFunctions,
	options: IDataObject,
	fields: FaxRequest['fields'],
	itemIndex: number,
): Promise<DocumentSource> {
	const source = textParam(context, 'documentSource', itemIndex);
	switch (choice(source, 'Document Source', itemIndex, documentSources)) {
		case 'url':
			return { kind: 'reference', field: { media_url: mediaUrlOf(context, itemIndex) } };
		case 'mediaName': {
			withoutStoreMedia(fields, 'with a document from Media Storage', itemIndex);
			const name = requiredText(context, 'mediaName', 'Media Name', itemIndex);
			return { kind: 'reference', field: { media_name: name } };
		}
		default: {
			const property = requiredText(context, 'binaryPropertyName', 'Input Binary Field', itemIndex);
			const reason = Object.keys(jsonOnly).find((name) => name in fields);
			if (reason) {
				withoutStoreMedia(fields, `for a binary file ${jsonOnly[reason]}`, itemIndex);
			}
			const ttlSecs = wholeNumber(
				options.mediaTtlSecs ?? 3600,
				'Media Lifetime',
				itemIndex,
				1,
				630_720_000,
			);
			const document = await documentOf(context, itemIndex, property);
			return reason ? { kind: 'mediaStorage', document, ttlSecs } : { kind: 'contents', document };
		}
	}
}

/** Entries that end in an asterisk stand for all destinations that start like them. */
function assertAllowed(to: string, options: IDataObject, itemIndex: number): void {
	if (!('allowedDestinations' in options)) return;
	const allowed = options.allowedDestinations;
	const entries = [allowed ?? ''].flat().flatMap((entry) => String(entry).split(/[,;\n]/));
	const wanted = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
	if (wanted.length === 0) {
		throw new InputError(
			`The option "Allowed Destinations" of item ${itemIndex} is empty, so it allows nothing`,
			'Enter numbers, check the expression that gives them, or remove the option',
		);
	}
	const fits = wanted.some((entry) => {
		if (entry.endsWith('*')) return to.startsWith(entry.slice(0, -1).replace(/[\s().-]/g, ''));
		return to === toE164OrSipUri(entry, 'Allowed Destinations', itemIndex);
	});
	if (fits) return;
	throw new InputError(
		`The parameter "To" of item ${itemIndex} is ${to}, which is not among the allowed destinations`,
		'Use an allowed number, or add this one to the option Allowed Destinations',
		[to],
	);
}

function pauseMsOf(secs: unknown, itemIndex: number): number {
	const ms = Number(secs) * 1000;
	if (ms >= 0 && ms <= longestPauseSecs * 1000) return ms;
	throw new InputError(
		`The option "Pause Between Faxes" of item ${itemIndex} is not a number of seconds from 0 to ${longestPauseSecs}`,
		'Correct the number, or use a Loop Over Items with a Wait node for longer pauses',
	);
}

async function read(
	context: IExecuteFunctions,
	itemIndex: number,
	resumeUrl: string | undefined,
): Promise<FaxRequest> {
	const options = collectionParam(context, 'options', itemIndex);
	const from = locatorParam(context, 'from', itemIndex);
	const fields = fieldsOf(options, itemIndex, resumeUrl);
	const to = toE164OrSipUri(context.getNodeParameter('to', itemIndex, ''), 'To', itemIndex);
	assertAllowed(to, options, itemIndex);
	maxParallelOf(options, itemIndex);
	return {
		faxApplicationId: locatorParam(context, 'faxApplicationId', itemIndex),
		from: from === '' ? '' : toE164(from, 'From', itemIndex),
		to,
		fields,
		resumeUrl,
		dryRun: flag(options.dryRun, 'Dry Run', itemIndex) ?? false,
		pauseMs: pauseMsOf(options.pauseBetweenFaxesSecs ?? 0, itemIndex),
		source: await sourceOf(context, options, fields, itemIndex),
	};
}

// Items are checked before the first of them is sent, and read only once for that.
const known = new WeakMap<IExecuteFunctions, Map<number, Promise<FaxRequest>>>();

/**
 * The fax that the parameters of item `itemIndex` describe.
 *
 * @param resumeUrl where Telnyx shall send the events of this fax, instead of the user's choice
 * @throws InputError naming the parameter and the item; nothing has been sent then
 */
export async function faxRequestOf(
	context: IExecuteFunctions,
	itemIndex: number,
	resumeUrl?: string,
): Promise<FaxRequest> {
	const ofContext = known.get(context) ?? new Map<number, Promise<FaxRequest>>();
	known.set(context, ofContext);
	const request = ofContext.get(itemIndex) ?? read(context, itemIndex, resumeUrl);
	ofContext.set(itemIndex, request);
	return await request;
}
