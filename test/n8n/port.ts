import getPort from 'get-port';

import { SetupError } from './setupError';

/**
 * The port itself when nothing on loopback uses it, or any free one when none is wanted.
 *
 * @throws {SetupError} when the wanted port is taken.
 */
export async function freePort(wanted?: number): Promise<number> {
	const port = await getPort({ port: wanted, host: '127.0.0.1' });
	if (wanted !== undefined && port !== wanted) {
		throw new SetupError(
			`Port ${wanted} is taken: end the program that uses it, or choose another one (npm run demo -- --port N).`,
		);
	}
	return port;
}
