/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: starts Redis on a folder of its own */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import execa from 'execa';
import getPort from 'get-port';

import type { Programs } from './debian';
import { startServer } from './server';
import type { Server } from './server';

/** When Debian's Redis writes its data to the disk besides at its end: seconds and changes. */
const snapshots = '3600 1 300 100 60 10000';

/** An empty Redis at first; a restart keeps what it has written to its folder. */
export interface Redis {
	pid(): number | undefined;
	/** n8n's settings that lead to it. */
	environment: Record<string, string>;
	/** Ends it in an orderly way and starts it again, as an update of the system does. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts Redis on loopback with its data below `folder`. */
export async function startRedis(programs: Programs, folder: string): Promise<Redis> {
	const data = join(folder, 'redis');
	const port = String(await getPort({ host: '127.0.0.1' }));
	await mkdir(data);
	const start = async (): Promise<Server> =>
		await startServer({
			name: 'Redis',
			program: programs.redisServer,
			parameters: ['--port', port, '--bind', '127.0.0.1', '--dir', data, '--save', snapshots],
			folder: data,
			stopSignal: 'SIGTERM',
			isReady: async () => {
				const { stdout } = await execa(programs.redisCli, ['-p', port, 'ping'], { reject: false });
				return stdout === 'PONG';
			},
		});
	let server = await start();
	return {
		pid: () => server.pid,
		environment: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: port },
		restart: async () => {
			await server.stop();
			server = await start();
		},
		stop: async () => await server.stop(),
	};
}
