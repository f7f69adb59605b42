/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: starts servers of the system */
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import execa from 'execa';

import { waitFor } from '../n8n/waitFor';
import type { Account } from './debian';

/** A server program on this machine. */
export interface Server {
	pid: number | undefined;
	/** Asks it to end and waits until it has. */
	stop(): Promise<void>;
	/** Ends it at once, the way a crash does. */
	kill(): Promise<void>;
}

/** What to start and when it counts as started. */
export interface ServerOptions {
	name: string;
	program: string;
	parameters: string[];
	/** Where it runs; what it prints goes into a file there. */
	folder: string;
	/** The signal that makes it end in an orderly way. */
	stopSignal: 'SIGTERM' | 'SIGINT';
	account?: Account;
	isReady: () => Promise<boolean>;
}

/**
 * Starts a server and waits until it is ready.
 *
 * @throws {Error} with the end of what it printed where it does not come up.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
	const { name, folder, account } = options;
	const logFile = `${folder}.log`;
	const log = openSync(logFile, 'a');
	const child = execa(options.program, options.parameters, {
		...account,
		cwd: folder,
		stdio: ['ignore', log, log],
		reject: false,
	});
	closeSync(log);
	const end = async (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => {
		child.kill(signal);
		await child;
	};
	const hasStarted = async (): Promise<true | undefined> => {
		if (child.exitCode !== null) {
			const printed = await readFile(logFile, 'utf8');
			throw new Error(`${name} ended while it started:\n${printed.slice(-2000)}`);
		}
		return (await options.isReady()) || undefined;
	};
	await waitFor(`${name} to start`, hasStarted).catch(async (error: unknown) => {
		await end('SIGKILL');
		throw error;
	});
	return {
		pid: child.pid,
		stop: async () => await end(options.stopSignal),
		kill: async () => await end('SIGKILL'),
	};
}
