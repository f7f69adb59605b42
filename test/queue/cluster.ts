/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: keeps everything in a temporary folder */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { StoredCredential } from '../n8n/client';
import type { BinaryDataMode } from '../n8n/environment';
import { installN8n } from '../n8n/install';
import { startN8n } from '../n8n/n8n';
import type { N8n } from '../n8n/n8n';
import { packPackage } from '../n8n/pack';
import { startStandIn } from '../standin';
import type { StandIn } from '../standin';
import { findPrograms } from './debian';
import { startGateway } from './gateway';
import type { Gateway } from './gateway';
import { addMember } from './member';
import type { Member } from './member';
import { startPostgres } from './postgres';
import type { Postgres } from './postgres';
import { startRedis } from './redis';
import type { Redis } from './redis';

const publicUrl = 'https://n8n.example.com/';

/** An n8n in queue mode with this package on each of its processes, and the stand-in for Telnyx. */
export interface Cluster {
	standIn: StandIn;
	main: N8n;
	workers: Member[];
	processors: Member[];
	/** Plays the public host of n8n's webhooks. */
	gateway: Gateway;
	postgres: Postgres;
	redis: Redis;
	/** A working credential; workflows name it "Telnyx Fax account". */
	credential: StoredCredential;
	/** The worker that ran an execution, by its own log; of several the last. */
	workersOf(executionId: string): Promise<Member[]>;
	/** Ends everything and removes what it left. */
	close(): Promise<void>;
}

/** The size of a cluster and where it keeps files. */
export interface ClusterOptions {
	workers: number;
	processors: number;
	binaryDataMode: BinaryDataMode;
	/** Called with one plain line before each slow step. */
	onProgress?: (line: string) => void;
}

/**
 * Installs what is missing, builds and packs this package, and boots the whole cluster on loopback.
 *
 * @throws {SetupError} when something outside the project stands in the way.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
	const { onProgress = () => {} } = options;
	const cleanUp: Array<() => Promise<void>> = [];
	const close = async (): Promise<void> => {
		for (const step of cleanUp.splice(0).reverse()) await step();
	};

	const start = async (): Promise<Cluster> => {
		const programs = await findPrograms(onProgress);
		const installation = await installN8n({ onProgress });
		const folder = await mkdtemp(join(tmpdir(), 'telnyx-fax-queue-'));
		cleanUp.push(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
		// PostgreSQL runs as another user and has to get to its folder below.
		await chmod(folder, 0o755);

		const postgres = await startPostgres(programs, folder);
		cleanUp.push(postgres.stop);
		const redis = await startRedis(programs, folder);
		cleanUp.push(redis.stop);
		const packed = await packPackage(folder);
		const standIn = await startStandIn();
		cleanUp.push(standIn.close);

		onProgress(`Starting n8n ${installation.version} in queue mode`);
		const userFolder = join(folder, 'main');
		await mkdir(userFolder);
		const main = await startN8n({
			installation,
			package: packed,
			standIn,
			userFolder,
			webhookUrl: publicUrl,
			binaryDataMode: options.binaryDataMode,
			env: {
				...postgres.environment,
				...redis.environment,
				EXECUTIONS_MODE: 'queue',
				// Read by n8n 1 only, which else runs the job of a killed worker again.
				QUEUE_WORKER_MAX_STALLED_COUNT: '0',
				N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
				N8N_BINARY_DATA_STORAGE_PATH: join(folder, 'shared-files'),
				// n8n's default of 2 makes calls that come together wait for a connection.
				DB_POSTGRESDB_POOL_SIZE: '10',
				OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
				// A dead worker is noticed within seconds, not minutes.
				QUEUE_WORKER_LOCK_DURATION: '6000',
				QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
				QUEUE_WORKER_STALLED_INTERVAL: '2000',
			},
		});
		cleanUp.push(main.close);

		const shared = { installation, package: packed, main, folder };
		const members = async (command: 'worker' | 'webhook', label: string, count: number) => {
			const added: Member[] = [];
			for (let number = 1; number <= count; number++) {
				const member = await addMember(command, `${label} ${number}`, shared);
				cleanUp.push(member.stop);
				added.push(member);
			}
			return added;
		};
		const workers = await members('worker', 'worker', options.workers);
		const processors = await members('webhook', 'webhook processor', options.processors);
		await Promise.all([...workers, ...processors].map(async (member) => await member.start()));

		const gateway = await startGateway(
			main.url,
			processors.map(({ origin }) => origin),
		);
		cleanUp.push(gateway.close);
		standIn.hosts.set(new URL(publicUrl).host, gateway.origin);
		const credential = await main.client.createCredential('Telnyx Fax account', 'telnyxFaxApi', {
			apiKey: standIn.apiKey,
		});
		const workersOf = async (executionId: string): Promise<Member[]> => {
			const logs = await Promise.all(workers.map(async (worker) => await worker.log()));
			const started = `Worker started execution ${executionId} `;
			return workers.filter((_, index) => logs[index].includes(started));
		};
		return {
			standIn,
			main,
			workers,
			processors,
			gateway,
			postgres,
			redis,
			credential,
			workersOf,
			close,
		};
	};

	return await start().catch(async (error: unknown) => {
		await close();
		throw error;
	});
}
