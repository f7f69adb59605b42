/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n: sets the proxy as an admin does */
import type { ICredentialDataDecryptedObject, INodeType } from 'n8n-workflow';

import { TelnyxFaxApi } from '../../credentials/TelnyxFaxApi.credentials';
import { startStandIn, trustCertificate } from '../standin';
import type { StandIn, StandInOptions } from '../standin';
import { Engine } from './engine';
import type { EngineSetup } from './execution';

/** A stand-in for Telnyx that every request of this process to Telnyx reaches. */
export interface Telnyx {
	standIn: StandIn;
	/** An engine whose credential holds the stand-in's API key unless `credential` says otherwise. */
	createEngine(
		nodes: INodeType[],
		options?: { credential?: ICredentialDataDecryptedObject } & Pick<EngineSetup, 'url'>,
	): Engine;
	/** Stops the stand-in and gives this process its proxy and its trust back. */
	close(): Promise<void>;
}

/**
 * Starts a stand-in and routes this process to it the way an admin would: through `HTTPS_PROXY`,
 * with the stand-in's CA trusted. n8n reads the variable at each request.
 */
export async function startTelnyx(options: StandInOptions = {}): Promise<Telnyx> {
	const standIn = await startStandIn(options);
	const proxyBefore = process.env.HTTPS_PROXY;
	const distrust = trustCertificate(standIn.caCertificate);
	process.env.HTTPS_PROXY = standIn.proxyUrl;
	return {
		standIn,
		createEngine: (nodes, { credential, url } = {}) =>
			new Engine({
				nodes,
				url,
				credentials: [
					{
						type: new TelnyxFaxApi(),
						data: { apiKey: standIn.apiKey, publicKey: '', ...credential },
					},
				],
			}),
		close: async () => {
			distrust();
			if (proxyBefore === undefined) delete process.env.HTTPS_PROXY;
			else process.env.HTTPS_PROXY = proxyBefore;
			await standIn.close();
		},
	};
}
