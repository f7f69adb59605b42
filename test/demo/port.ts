import getPort from 'get-port';

import { SetupError } from '../n8n/setupError';

/**
 * Makes sure that nothing on loopback uses a port.
 *
 * @throws {SetupError} when it is taken.
 */
export async function requireFreePort(port: number): Promise<void> {
	if ((await getPort({ port, host: '127.0.0.1' })) === port) return;
	throw new SetupError(
		`Port ${port} is taken: end the program that uses it, or choose another one (npm run demo -- --port N).`,
	);
}
