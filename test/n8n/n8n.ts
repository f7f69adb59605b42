/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: boots it in a folder of its own */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import getPort from 'get-port';

import { N8nClient } from './client';
import { n8nEnvironment } from './environment';
import type { BinaryDataMode, TelnyxStandIn } from './environment';
import type { N8nInstallation } from './install';
import { N8n1Client } from './n8n1Client';
import { installPackage } from './pack';
import type { PackedPackage } from './pack';
import { startProcess } from './process';
import type { N8nCommand, N8nProcess } from './process';
import { waitFor } from './waitFor';

/** What to start and with what around it. */
export interface N8nOptions {
	installation: N8nInstallation;
	/** The community package to install; none leaves n8n with its own nodes. */
	package?: PackedPackage;
	/** Takes Telnyx's place, and plays the public host of this n8n's webhooks. */
	standIn?: TelnyxStandIn & { hosts: Map<string, string> };
	/** Loopback port; any free one unless told. */
	port?: number;
	/** A folder to use again; by default a new one that `close` removes. */
	userFolder?: string;
	binaryDataMode?: BinaryDataMode;
	/** The address that the outside world reaches webhooks at, `https://n8n.example.com/`. */
	webhookUrl?: string;
	/** Further environment variables; they win. */
	env?: Record<string, string>;
}

/** A running n8n with an owner, logged in. */
export interface N8n {
	version: string;
	/** Where the editor and the REST API listen, on loopback. */
	url: string;
	owner: { email: string; password: string };
	client: N8nClient;
	userFolder: string;
	/** The id of its main process, undefined where it could not be started. */
	pid(): number | undefined;
	/** The environment of its main process, to start further processes beside it. */
	environment: Record<string, string>;
	/** Everything that its processes have printed so far. */
	log(): Promise<string>;
	/** Starts another process on the same user folder and database. */
	startBeside(command: N8nCommand, env?: Record<string, string>): N8nProcess;
	/** Ends the main process at once, the way a crash does. */
	kill(): Promise<void>;
	/** Ends the main process if it still runs and starts it again on the same user folder. */
	restart(env?: Record<string, string>): Promise<void>;
	/** Ends everything and removes the user folder, unless it was given. */
	close(): Promise<void>;
}

const owner = { email: 'owner@example.com', password: 'Fax-Owner-1' };

/**
 * Boots an n8n on SQLite, waits until it answers, and sets up its owner.
 *
 * @throws {Error} with the end of n8n's log when it does not come up, as with a port that is taken.
 */
export async function startN8n(options: N8nOptions): Promise<N8n> {
	const { installation, webhookUrl = 'https://n8n.example.com/' } = options;
	const port = options.port ?? (await getPort({ host: '127.0.0.1' }));
	const url = `http://127.0.0.1:${port}`;
	const userFolder = options.userFolder ?? (await mkdtemp(join(tmpdir(), 'telnyx-fax-n8n-')));
	const environment = {
		...n8nEnvironment({
			...options,
			userFolder,
			port,
			webhookUrl,
			taskBrokerPort: await getPort({ host: '127.0.0.1' }),
		}),
		...options.env,
	};
	options.standIn?.hosts.set(new URL(webhookUrl).host, url);

	const Client = installation.version.startsWith('1.') ? N8n1Client : N8nClient;
	const client = new Client(url);
	const logFile = join(userFolder, 'n8n.log');
	const processes: N8nProcess[] = [];
	const start = (command: N8nCommand, env?: Record<string, string>): N8nProcess => {
		const process = startProcess(installation, command, { ...environment, ...env }, logFile);
		processes.push(process);
		return process;
	};
	const startMain = async (env?: Record<string, string>): Promise<N8nProcess> => {
		const earlier = (await readLog(logFile)).length;
		const process = start('start', env);
		await waitFor('n8n to boot', async () => await hasBooted(process, logFile, earlier), {
			timeoutMs: 120_000,
		});
		return process;
	};
	const close = async (): Promise<void> => {
		await Promise.all(processes.map(async (process) => await process.stop()));
		if (options.userFolder === undefined) {
			await rm(userFolder, { recursive: true, force: true, maxRetries: 5 });
		}
	};

	const setUp = async (): Promise<N8nProcess> => {
		if (options.package) await installPackage(options.package, userFolder);
		const process = await startMain();
		await client.logIn(owner);
		return process;
	};
	let main = await setUp().catch(async (error: unknown) => {
		await close();
		throw error;
	});

	return {
		version: installation.version,
		url,
		owner,
		client,
		userFolder,
		pid: () => main.pid,
		environment,
		log: async () => await readLog(logFile),
		startBeside: start,
		kill: async () => await main.kill(),
		restart: async (env) => {
			await main.stop();
			main = await startMain(env);
		},
		close,
	};
}

async function readLog(logFile: string): Promise<string> {
	// Opened so that it is made where it is missing.
	return await readFile(logFile, { encoding: 'utf8', flag: 'a+' });
}

/**
 * Whether n8n has said that it is up. It answers requests before that, but takes an execution that
 * starts so early for one that an earlier crash interrupted.
 */
async function hasBooted(
	process: N8nProcess,
	logFile: string,
	from: number,
): Promise<true | undefined> {
	const log = await readLog(logFile);
	if (!process.isRunning()) {
		throw new Error(`n8n ended while it booted. The end of its log:\n${log.slice(-2000)}`);
	}
	return log.includes('Editor is now accessible', from) || undefined;
}
