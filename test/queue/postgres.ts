/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: starts PostgreSQL on a folder of its own */
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import execa from 'execa';
import getPort from 'get-port';

import { postgresAccount } from './debian';
import type { Programs } from './debian';
import { startServer } from './server';
import type { Server } from './server';

/** A PostgreSQL with one empty database. */
export interface Postgres extends Server {
	/** n8n's settings that lead to it. */
	environment: Record<string, string>;
}

/** Starts PostgreSQL on loopback, with Debian's own settings and its data below `folder`. */
export async function startPostgres(programs: Programs, folder: string): Promise<Postgres> {
	const data = join(folder, 'postgres');
	const port = String(await getPort({ host: '127.0.0.1' }));
	const account = await postgresAccount();
	await mkdir(data);
	if (account) await chown(data, account.uid, account.gid);
	const bin = (name: string) => join(programs.postgresBin, name);
	const access = ['--username=n8n', '--auth=trust', '--encoding=UTF8', '--no-sync'];
	await execa(bin('initdb'), [`--pgdata=${data}`, ...access], { ...account, cwd: data });
	const loopback = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
	const server = await startServer({
		name: 'PostgreSQL',
		program: bin('postgres'),
		parameters: ['-D', data, '-p', port, ...loopback],
		folder: data,
		stopSignal: 'SIGINT',
		account,
		isReady: async () => {
			const look = ['--host=127.0.0.1', `--port=${port}`, '--username=n8n', '--dbname=postgres'];
			return !(await execa(bin('pg_isready'), look, { reject: false })).failed;
		},
	});
	return {
		...server,
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: port,
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_DATABASE: 'postgres',
		},
	};
}
