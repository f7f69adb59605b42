/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: starts npm */
import { appendFile } from 'node:fs/promises';

import execa from 'execa';

import { SetupError } from './setupError';

const networkFaults =
	/E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH)|ERR_SOCKET_TIMEOUT|FETCH_ERROR|ENOTCACHED/;
const compilerFaults =
	/gyp ERR! (find Python|stack Error: (not found: make|`make` failed|Could not find any Python))|gyp: No Xcode|not found: make/;

/** How to run npm. */
export interface NpmOptions {
	cwd: string;
	env?: Record<string, string>;
	/** Collects everything npm prints, for a look after a failure. */
	logFile?: string;
	/** What the run is for, as in "n8n 2.41.1 could not be installed". */
	purpose: string;
}

/**
 * Runs npm and returns what it wrote to standard output.
 *
 * @throws {SetupError} naming the cause when it is the network, the compiler, the disk or npm
 * itself, and the last lines of npm's own words otherwise.
 */
export async function npm(parameters: string[], options: NpmOptions): Promise<string> {
	const result = await execa('npm', parameters, {
		cwd: options.cwd,
		env: options.env,
		stdin: 'ignore',
		all: true,
		reject: false,
	});
	const output = result.all ?? '';
	if (options.logFile !== undefined) await appendFile(options.logFile, `${output}\n`);
	if (!result.failed) return result.stdout;
	throw new SetupError(`${options.purpose}: ${cause(result.exitCode, output, options.logFile)}`);
}

function cause(exitCode: number | undefined, output: string, logFile?: string): string {
	if (exitCode === undefined) return 'npm could not be started; check that it is on the PATH.';
	if (output.includes('ENOSPC')) return 'the disk is full; free about 4 GB and try again.';
	if (compilerFaults.test(output)) {
		return 'a native part could not be compiled; install Python 3, make and a C++ compiler (on Debian: apt-get install python3 build-essential) and try again.';
	}
	if (networkFaults.test(output)) {
		return 'the npm registry cannot be reached; check the network connection (or the registry npm is set to) and try again.';
	}
	const lastLines = output.trim().split('\n').slice(-3).join(' / ');
	return `npm ended with code ${exitCode}: ${lastLines}${logFile === undefined ? '' : ` (see ${logFile})`}`;
}
