/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: leaves its CA in a temporary file */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from './api';
import { isoMicroseconds, now } from './clock';
import { makeDocument } from './documents';
import { createAgent } from './hosts';
import { createLifecycle } from './lifecycle';
import { createMediaHost } from './mediaHost';
import { pageRoutes } from './page';
import { startServers } from './server';
import {
	addApplication,
	addFax,
	addPhoneNumber,
	addVoiceProfile,
	createState,
	resetState,
} from './state';
import { createAuthority } from './tls';
import type { FaxEvent, Served, Settings, StandIn, StandInOptions } from './types';
import { Webhooks } from './webhooks';

/**
 * Starts a stand-in for `https://api.telnyx.com/v2` that behaves as documented, faults included.
 * Clients reach it under Telnyx's own host names through `proxyUrl`, trusting `caCertificate`.
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
	const state = createState(options);
	const agent = createAgent();
	const webhooks = new Webhooks(state, agent);
	const lifecycle = createLifecycle(state, webhooks, agent);
	const authority = await createAuthority();
	const servers = await startServers(state, {
		port: options.port ?? 0,
		authority,
		api: createApi(state, lifecycle, agent),
		mediaHost: createMediaHost(state),
		page: pageRoutes(state),
	});
	const folder = mkdtempSync(join(tmpdir(), 'telnyx-stand-in-'));
	const caFile = join(folder, 'ca.pem');
	writeFileSync(caFile, authority.certificate);
	const origin = `http://127.0.0.1:${servers.port}`;

	const surface: Omit<StandIn, keyof Settings> = {
		pageUrl: `${origin}/`,
		proxyUrl: origin,
		tlsPort: servers.tlsPort,
		caCertificate: authority.certificate,
		caFile,
		apiKey: state.apiKey,
		restrictedApiKey: state.restrictedApiKey,
		publicKey: state.keys.publicKey,
		rotateKey() {
			const { id, publicKey } = state.keys.addInactive();
			state.keys.activate(id);
			return publicKey;
		},
		requests: state.requests,
		downloads: state.downloads,
		faxes: state.faxes,
		applications: state.applications,
		phoneNumbers: state.phoneNumbers,
		voiceProfiles: state.voiceProfiles,
		media: state.media,
		deliveries: state.deliveries,
		faults: state.faults,
		hosts: state.hosts,
		addApplication: (fields) => addApplication(state, fields),
		addPhoneNumber: (fields) => addPhoneNumber(state, fields),
		addVoiceProfile: (fields) => addVoiceProfile(state, fields),
		addFax: (fields) => addFax(state, fields),
		receiveFax({ to, from, document, pages = 2, ...plan }) {
			const number = [...state.phoneNumbers.values()].find((one) => one.phone_number === to);
			const application = state.applications.get(number?.connection_id ?? '');
			if (!application?.active) throw new Error(`No active fax application answers ${to}`);
			const fax = addFax(state, {
				connectionId: application.id,
				direction: 'inbound',
				to,
				from,
				callerId: plan.callerId ?? from,
				status: 'initiated',
				partialContent: plan.partial ?? false,
				document: document && makeDocument(document),
			});
			lifecycle.startInbound(fax, { pages, failureReason: plan.failureReason });
			return fax;
		},
		async deliver(event, { url, ...how }) {
			const whole: FaxEvent = {
				event_type: 'fax.delivered',
				id: randomUUID(),
				occurred_at: isoMicroseconds(now(state.settings)),
				payload: {},
				record_type: 'event',
				...event,
			};
			return await webhooks.deliverOnce(whole, url, how);
		},
		sign: (rawBody, timestamp = Math.floor(now(state.settings) / 1000)) =>
			state.keys.headers(rawBody, timestamp, state.settings.signWithPreviousKey),
		serve(url, answer, contentType = 'application/pdf') {
			const served: Served = Buffer.isBuffer(answer) ? { bytes: answer, contentType } : answer;
			state.served.set(new URL(url).href, served);
		},
		expireLinks: (faxId) => state.links.expire(faxId),
		expireMedia(name) {
			for (const medium of state.media.values()) {
				if (name === undefined || medium.name === name) medium.expiresAt = now(state.settings);
			}
		},
		settle: async () => await state.background.settle(),
		reset() {
			resetState(state);
			webhooks.releaseAll();
		},
		async close() {
			state.background.stop();
			webhooks.releaseAll();
			await Promise.all([servers.close(), agent.destroy()]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
	const standIn = Object.assign(state.settings, surface);
	// A rotation changes the key while the stand-in runs.
	return Object.defineProperty(standIn, 'publicKey', { get: () => state.keys.publicKey });
}
