/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: keeps the packed package in a temporary folder */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startStandIn } from '../standin';
import type { StandIn, StandInOptions } from '../standin';
import type { StoredCredential } from './client';
import { installN8n } from './install';
import { startN8n } from './n8n';
import type { N8n, N8nOptions } from './n8n';
import { packPackage } from './pack';

/** A real n8n with this package installed, and the stand-in in Telnyx's place. */
export interface TestBed {
	standIn: StandIn;
	n8n: N8n;
	/** A working credential; workflows name it "Telnyx Fax account". */
	credential: StoredCredential;
	/** Ends n8n and the stand-in and removes what they left. */
	close(): Promise<void>;
}

/** How to set the test bed up; see the options of its parts. */
export interface TestBedOptions {
	standIn?: StandInOptions;
	n8n?: Partial<N8nOptions>;
	/** Called with one plain line before each slow step. */
	onProgress?: (line: string) => void;
}

/**
 * Installs n8n if need be, builds and packs this package, and boots both beside a stand-in.
 *
 * @throws {SetupError} when something outside the project stands in the way.
 */
export async function startTestBed(options: TestBedOptions = {}): Promise<TestBed> {
	const { onProgress = () => {} } = options;
	const cleanUp: Array<() => Promise<void>> = [];
	const close = async (): Promise<void> => {
		for (const step of cleanUp.splice(0).reverse()) await step();
	};

	const start = async (): Promise<TestBed> => {
		const installation = await installN8n({ onProgress });

		onProgress('Building and packing this package');
		const folder = await mkdtemp(join(tmpdir(), 'telnyx-fax-package-'));
		cleanUp.push(async () => await rm(folder, { recursive: true, force: true }));
		const packed = await packPackage(folder);

		onProgress('Starting the stand-in for Telnyx');
		const standIn = await startStandIn(options.standIn);
		cleanUp.push(async () => await standIn.close());

		onProgress(`Starting n8n ${installation.version} with the package installed`);
		const n8n = await startN8n({ installation, package: packed, standIn, ...options.n8n });
		cleanUp.push(n8n.close);

		const credential = await n8n.client.createCredential('Telnyx Fax account', 'telnyxFaxApi', {
			apiKey: standIn.apiKey,
		});
		return { standIn, n8n, credential, close };
	};

	return await start().catch(async (error: unknown) => {
		await close();
		throw error;
	});
}
