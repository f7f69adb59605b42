/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: gives each process a folder of its own */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import axios from 'axios';
import getPort from 'get-port';

import type { N8n } from '../n8n/n8n';
import type { N8nInstallation } from '../n8n/install';
import { installPackage } from '../n8n/pack';
import type { PackedPackage } from '../n8n/pack';
import { startProcess } from '../n8n/process';
import type { N8nProcess } from '../n8n/process';
import { waitFor } from '../n8n/waitFor';

/** A worker or a webhook processor, with a user folder of its own as in a container of its own. */
export interface Member {
	/** Such as "worker 1". */
	name: string;
	origin: string;
	pid(): number | undefined;
	isRunning(): boolean;
	/** Everything that it has printed so far. */
	log(): Promise<string>;
	/** Starts it (again) and waits until it is ready. */
	start(): Promise<void>;
	/** Asks it to end and waits until it has. */
	stop(): Promise<void>;
	/** Ends it at once, the way a crash does. */
	kill(): Promise<void>;
}

/** What all members have in common. */
export interface MemberOptions {
	installation: N8nInstallation;
	package: PackedPackage;
	/** Gives its environment to the members. */
	main: N8n;
	/** Where the members' user folders go. */
	folder: string;
}

/** Prepares a member beside the main process; it does not run yet. */
export async function addMember(
	command: 'worker' | 'webhook',
	name: string,
	{ installation, package: packed, main, folder }: MemberOptions,
): Promise<Member> {
	const userFolder = join(folder, name.replace(/\W/g, '-'));
	await mkdir(userFolder);
	await installPackage(packed, userFolder);
	const port = String(await getPort({ host: '127.0.0.1' }));
	const origin = `http://127.0.0.1:${port}`;
	const environment = {
		...main.environment,
		N8N_USER_FOLDER: userFolder,
		N8N_RUNNERS_BROKER_PORT: String(await getPort({ host: '127.0.0.1' })),
		...(command === 'webhook'
			? { N8N_PORT: port }
			: {
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: port,
					N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
				}),
	};
	const logFile = join(userFolder, 'n8n.log');
	const log = async () => await readFile(logFile, 'utf8');
	let process: N8nProcess | undefined;

	const isReady = async (): Promise<true | undefined> => {
		if (process?.isRunning() !== true) {
			throw new Error(`${name} ended while it booted:\n${(await log()).slice(-2000)}`);
		}
		const answer = await axios
			.get(`${origin}/healthz/readiness`, { proxy: false, validateStatus: () => true })
			.catch(() => undefined);
		return answer?.status === 200 || undefined;
	};
	return {
		name,
		origin,
		pid: () => process?.pid,
		isRunning: () => process?.isRunning() === true,
		log,
		start: async () => {
			process = startProcess(installation, command, environment, logFile);
			await waitFor(`${name} to boot`, isReady, { timeoutMs: 120_000 });
		},
		stop: async () => await process?.stop(),
		kill: async () => await process?.kill(),
	};
}
