/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: fills a cache folder */
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { lock } from 'proper-lockfile';

import { nodeRuntime } from './nodeRuntime';
import { npm } from './npm';

const { N8N_NODES_TELNYX_FAX_CACHE, N8N_NODES_TELNYX_FAX_N8N, XDG_CACHE_HOME } = process.env;

/** The n8n that this package is developed against, or the one that the environment asks for. */
export const defaultN8nVersion = N8N_NODES_TELNYX_FAX_N8N || '2.41.1';

// n8n 1 names a tarball on a CDN where 2 names none: the registry's release of it does as well.
const replacements = new Map([['1.', { xlsx: '0.18.5' }]]);

/** An n8n on disk, ready to be started. */
export interface N8nInstallation {
	version: string;
	folder: string;
	/** Absolute path of the Node binary to start n8n with. */
	node: string;
	/** Absolute path of n8n's command-line script. */
	script: string;
}

/** What to install and whom to tell. */
export interface InstallOptions {
	version?: string;
	/** Called with one plain line before each slow step. */
	onProgress?: (line: string) => void;
}

/**
 * Makes sure that n8n is installed in the cache and returns where. The first time takes about four
 * minutes and 3 GB; several processes may ask at once, and an interrupted installation is resumed.
 *
 * The cache is `~/.cache/n8n-nodes-telnyx-fax` (`XDG_CACHE_HOME` is respected); the environment
 * variable `N8N_NODES_TELNYX_FAX_CACHE` names another folder.
 *
 * @throws {SetupError} when the platform, the network, the compiler or the disk stand in the way.
 */
export async function installN8n(options: InstallOptions = {}): Promise<N8nInstallation> {
	const version = options.version ?? defaultN8nVersion;
	const runtime = nodeRuntime();
	const folder = join(cacheFolder(), `n8n-${version}`);
	const dependencies = { n8n: version, [runtime.packageName]: runtime.version };
	const [, overrides] = [...replacements].find(([line]) => version.startsWith(line)) ?? [];
	const marker = new CompletionMarker(join(folder, '.complete.json'), JSON.stringify(dependencies));

	if (!(await marker.isSet())) {
		await mkdir(folder, { recursive: true });
		const release = await lock(folder, { retries: { retries: 600, maxTimeout: 2000 } });
		try {
			if (!(await marker.isSet())) {
				const manifest = { private: true, dependencies, overrides };
				await fill(folder, manifest, runtime.headers, options.onProgress);
				await marker.set();
			}
		} finally {
			await release();
		}
	}
	return {
		version,
		folder,
		node: join(folder, runtime.binary),
		script: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

function cacheFolder(): string {
	if (N8N_NODES_TELNYX_FAX_CACHE) return N8N_NODES_TELNYX_FAX_CACHE;
	return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-telnyx-fax');
}

/** A file that says what a folder holds, written when all of it is there. */
class CompletionMarker {
	constructor(
		private readonly path: string,
		private readonly content: string,
	) {}

	async isSet(): Promise<boolean> {
		return (await exists(this.path)) && (await readFile(this.path, 'utf8')) === this.content;
	}

	async set(): Promise<void> {
		await writeFile(this.path, this.content);
	}
}

async function fill(
	folder: string,
	manifest: { dependencies: Record<string, string>; overrides?: Record<string, string> },
	headers: string,
	onProgress: (line: string) => void = () => {},
): Promise<void> {
	const { dependencies } = manifest;
	const run = async (...parameters: string[]) =>
		await npm(parameters, {
			cwd: folder,
			env: { npm_config_nodedir: join(folder, headers) },
			logFile: join(folder, 'install.log'),
			purpose: `n8n ${dependencies.n8n} could not be installed`,
		});

	// npm writes this file last: without it a half unpacked package would be taken for a whole one.
	const npmFinished = join(folder, 'node_modules', '.package-lock.json');
	if (!(await exists(npmFinished))) {
		await rm(join(folder, 'node_modules'), { recursive: true, force: true });
	}
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));

	onProgress(`Installing n8n ${dependencies.n8n} into ${folder} (once; about 4 minutes and 3 GB)`);
	await run('view', `n8n@${dependencies.n8n}`, 'version', '--fetch-retries=0');
	// n8n's own install scripts fetch from all over the internet; only SQLite's is needed.
	await run('install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock');
	onProgress("Compiling n8n's SQLite driver (once; up to 2 minutes)");
	await run('rebuild', 'sqlite3', '--ignore-scripts=false');
}

async function exists(path: string): Promise<boolean> {
	return await access(path).then(
		() => true,
		() => false,
	);
}
