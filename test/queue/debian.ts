/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: finds and installs programs of the system */
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import execa from 'execa';

import { SetupError } from '../n8n/setupError';

const postgresFolder = '/usr/lib/postgresql';

/** Where the programs are that queue mode needs besides n8n; absolute paths. */
export interface Programs {
	/** The folder of `initdb`, `postgres` and `pg_isready`. */
	postgresBin: string;
	redisServer: string;
	redisCli: string;
}

/** Who may run PostgreSQL, which refuses to be run by root. */
export interface Account {
	uid: number;
	gid: number;
}

/**
 * Finds PostgreSQL and Redis as Debian packages them, and installs the packages where they are
 * missing and that is allowed.
 *
 * @throws {SetupError} where they are missing and cannot be installed.
 */
export async function findPrograms(onProgress: (line: string) => void): Promise<Programs> {
	const found = await lookForPrograms();
	if (found) return found;
	onProgress("Installing Debian's packages postgresql and redis-server");
	const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '--non-interactive'];
	for (const step of [['update'], ['install', '--yes', 'postgresql', 'redis-server']]) {
		const [program, ...parameters] = [...asRoot, 'apt-get', '--quiet', ...step];
		const result = await execa(program, parameters, { all: true, stdin: 'ignore', reject: false });
		// An old list of packages may still do: only the installation decides.
		if (result.failed && step[0] === 'install') throw missing(result.all);
	}
	const installed = await lookForPrograms();
	if (!installed) throw missing();
	return installed;
}

/** The account that PostgreSQL is to run as; undefined where it can be the one that runs this. */
export async function postgresAccount(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = async (kind: '-u' | '-g') => Number((await execa('id', [kind, 'postgres'])).stdout);
	return { uid: await idOf('-u'), gid: await idOf('-g') };
}

async function lookForPrograms(): Promise<Programs | undefined> {
	const versions = await readdir(postgresFolder).catch(() => []);
	const newest = versions
		.map(Number)
		.sort((one, other) => other - one)
		.at(0);
	const programs = {
		postgresBin: join(postgresFolder, String(newest), 'bin'),
		redisServer: '/usr/bin/redis-server',
		redisCli: '/usr/bin/redis-cli',
	};
	const wanted = [join(programs.postgresBin, 'postgres'), programs.redisServer, programs.redisCli];
	const isThere = await Promise.all(
		wanted.map(
			async (path) =>
				await access(path).then(
					() => true,
					() => false,
				),
		),
	);
	return isThere.every(Boolean) ? programs : undefined;
}

function missing(output = ''): SetupError {
	const reason = output.trim().split('\n').at(-1) ?? '';
	return new SetupError(
		`Queue mode needs PostgreSQL and Redis, which could not be installed${reason && ` (${reason})`}: install Debian's packages postgresql and redis-server (as root: apt-get install postgresql redis-server) and try again.`,
	);
}
