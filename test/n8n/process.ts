/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: opens its log file */
import { closeSync, openSync } from 'node:fs';

import execa from 'execa';

import type { N8nInstallation } from './install';

/** The processes that n8n consists of; a plain set-up is one `start`. */
export type N8nCommand = 'start' | 'worker' | 'webhook';

/** A running process of n8n. */
export interface N8nProcess {
	/** Undefined where it could not be started. */
	pid: number | undefined;
	isRunning(): boolean;
	/** Asks it to end, and insists after 10 seconds. */
	stop(): Promise<void>;
	/** Ends it at once, the way a crash or a power cut does. */
	kill(): Promise<void>;
}

/**
 * Starts a process of n8n with exactly the environment given, nothing of ours added. What it
 * prints is appended to `logFile`.
 */
export function startProcess(
	installation: N8nInstallation,
	command: N8nCommand,
	environment: Record<string, string>,
	logFile: string,
): N8nProcess {
	// A file, not a pipe: an n8n whose reader has died would spin on the broken pipe.
	const log = openSync(logFile, 'a');
	const child = execa(installation.node, [installation.script, command], {
		env: environment,
		extendEnv: false,
		stdio: ['ignore', log, log],
		reject: false,
	});
	closeSync(log);

	const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
		child.kill(signal, { forceKillAfterTimeout: 10_000 });
		await child;
	};
	return {
		pid: child.pid,
		isRunning: () => child.exitCode === null && child.signalCode === null,
		stop: async () => await end('SIGTERM'),
		kill: async () => await end('SIGKILL'),
	};
}
