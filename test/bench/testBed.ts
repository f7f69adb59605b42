/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: keeps the packed package in a temporary folder */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installN8n } from '../n8n/install';
import type { N8nInstallation } from '../n8n/install';
import { packPackage } from '../n8n/pack';
import type { PackedPackage } from '../n8n/pack';
import { startTestBed } from '../n8n/testBed';
import type { TestBed } from '../n8n/testBed';

/** What the rows measure with; each part is made when a row first asks for it. */
export interface Bench {
	/** A real n8n with this package beside the stand-in, in the binary mode `filesystem`. */
	testBed(): Promise<TestBed>;
	installation(): Promise<N8nInstallation>;
	package(): Promise<PackedPackage>;
	onProgress(line: string): void;
	close(): Promise<void>;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return async () => await (made ??= make());
}

/** Prepares a bench; nothing is started yet. */
export function createBench(onProgress: (line: string) => void): Bench {
	const cleanUp: Array<() => Promise<void>> = [];
	const bench: Bench = {
		onProgress,
		testBed: once(async () => {
			// Faxes stay as they were accepted: what Telnyx does with them is not measured.
			const standIn = { stepMs: 3_600_000, latencyMs: 100 };
			const n8n = {
				binaryDataMode: 'filesystem' as const,
				env: { N8N_CUSTOM_EXTENSIONS: join(__dirname, 'emptyNode') },
			};
			const testBed = await startTestBed({ standIn, n8n, onProgress });
			cleanUp.push(testBed.close);
			return testBed;
		}),
		installation: once(async () => await installN8n({ onProgress })),
		package: once(async () => {
			onProgress('Building and packing this package');
			const folder = await mkdtemp(join(tmpdir(), 'telnyx-fax-bench-'));
			cleanUp.push(async () => await rm(folder, { recursive: true, force: true }));
			return await packPackage(folder);
		}),
		close: async () => {
			for (const step of cleanUp.splice(0).reverse()) await step();
		},
	};
	return bench;
}
