/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: takes URLs apart */
import { basename } from 'node:path';

import type { Fax, RecordedRequest, StandIn } from '../standin';
import type { KnownFax, KnownPost } from './audit';

function knownFax(standIn: StandIn, fax: Fax): KnownFax {
	const { id, to, sourceUrl, mediaName, clientState } = fax;
	const seen = { id, to, reference: clientState };
	if (mediaName !== undefined) {
		const document = standIn.media.get(mediaName)?.document.filename ?? '';
		return { ...seen, channel: 'mediaStorage', document };
	}
	if (sourceUrl !== undefined) {
		return { ...seen, channel: 'url', document: basename(String(sourceUrl)) };
	}
	return { ...seen, channel: 'multipart', document: fax.document?.filename ?? '' };
}

/** A field of a request's body, be it JSON or a form; empty where there is none. */
export function fieldOf({ json, parts }: RecordedRequest, name: string): string {
	const part = parts?.find((one) => one.name === name);
	return part?.value ?? String(Object(json)[name] ?? '');
}

/** The stand-in's own record of the faxes it has, oldest first. */
export function knownFaxes(standIn: StandIn): KnownFax[] {
	return [...standIn.faxes.values()].map((fax) => knownFax(standIn, fax));
}

/** The stand-in's own record of the requests to send one. */
export function knownPosts(standIn: StandIn): KnownPost[] {
	return standIn.requests
		.filter(({ method, path }) => method === 'POST' && path === '/v2/faxes')
		.map((request) => {
			const { status = 0 } = request;
			const to = fieldOf(request, 'to');
			return { to, refused: status >= 400 && status < 500 && status !== 408 };
		});
}
