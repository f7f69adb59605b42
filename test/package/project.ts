/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: reads, copies and packs this package */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import execa from 'execa';
import { jsonParse } from 'n8n-workflow';

/** The folder of this package's package.json. */
export const projectRoot = resolve(__dirname, '../..');

/** What the rules for community packages are about in package.json. */
export interface PackageManifest {
	name: string;
	version: string;
	keywords: string[];
	files: string[];
	scripts: Record<string, string>;
	dependencies?: Record<string, string>;
	devDependencies: Record<string, string>;
	peerDependencies: Record<string, string>;
	overrides?: unknown;
	n8n: { n8nNodesApiVersion: number; nodes: string[]; credentials: string[] };
	[field: string]: unknown;
}

/** The text of a file, named relative to the package. Throws when it does not exist. */
export async function readProjectFile(path: string): Promise<string> {
	return await readFile(join(projectRoot, path), 'utf8');
}

/** The package.json of this package or of a copy of it. */
export async function readManifest(folder = projectRoot): Promise<PackageManifest> {
	return jsonParse<PackageManifest>(await readFile(join(folder, 'package.json'), 'utf8'));
}

/** The files below a folder whose names end so, relative to the package, in order. */
export async function listProjectFiles(folder: string, ending: string): Promise<string[]> {
	const names = await readdir(join(projectRoot, folder), { recursive: true });
	return names
		.filter((name) => name.endsWith(ending))
		.map((name) => join(folder, name))
		.sort();
}

/** A folder of its own outside the package, and how to get rid of it. */
export interface TemporaryFolder {
	path: string;
	write(path: string, text: string): Promise<void>;
	remove(): Promise<void>;
}

async function createTemporaryFolder(): Promise<TemporaryFolder> {
	const path = await mkdtemp(join(tmpdir(), 'telnyx-fax-package-'));
	return {
		path,
		write: async (name, text) => {
			await mkdir(dirname(join(path, name)), { recursive: true });
			await writeFile(join(path, name), text);
		},
		remove: async () => await rm(path, { recursive: true, force: true }),
	};
}

const notCopied = ['.git', 'coverage', 'dist', 'node_modules', 'test'];

/** Copies everything the build needs to a folder that tests may change. */
export async function copySources(): Promise<TemporaryFolder> {
	const copy = await createTemporaryFolder();
	const names = await readdir(projectRoot);
	for (const name of names.filter((found) => !notCopied.includes(found))) {
		await cp(join(projectRoot, name), join(copy.path, name), { recursive: true });
	}
	await symlink(join(projectRoot, 'node_modules'), join(copy.path, 'node_modules'));
	return copy;
}

/** What `npm pack` says about the tarball. Sizes are in bytes. */
export interface PackedPackage {
	filename: string;
	size: number;
	files: Array<{ path: string }>;
}

/** Builds a copy of the package and packs it. Throws when either fails. */
export async function buildAndPack(copy: TemporaryFolder): Promise<PackedPackage> {
	await execa('npm', ['run', 'build'], { cwd: copy.path });
	const { stdout } = await execa('npm', ['pack', '--json'], { cwd: copy.path });
	const [packed] = jsonParse<PackedPackage[]>(stdout);
	if (packed === undefined) throw new Error('npm pack made no tarball');
	return packed;
}

/** Unpacks a tarball as npm would install it, next to nothing but `n8n-workflow`. */
export async function unpack(tarball: string): Promise<TemporaryFolder> {
	const folder = await createTemporaryFolder();
	await execa('tar', ['-xzf', tarball, '-C', folder.path, '--strip-components=1']);
	await mkdir(join(folder.path, 'node_modules'));
	await symlink(
		join(projectRoot, 'node_modules/n8n-workflow'),
		join(folder.path, 'node_modules/n8n-workflow'),
	);
	return folder;
}

/**
 * The names of what a built file exports, loaded by a bare Node process. Throws with the process's
 * own message when loading fails.
 */
export async function exportedNames(folder: string, file: string): Promise<string[]> {
	const script = 'console.log(JSON.stringify(Object.keys(require(process.argv[1]))))';
	const { stdout } = await execa('node', ['-e', script, join(folder, file)]);
	return jsonParse<string[]>(stdout);
}

/** The verdict of n8n's scanner; `details` lists the violations. */
export interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

/** Runs n8n's scanner for community packages on sources or on an unpacked tarball. */
export async function scan(folder: string, kind: 'source' | 'tarball'): Promise<ScanResult> {
	// Under NODE_ENV=test, which jest sets, the rules take every file for a node of their own tests.
	const { stdout } = await execa('node', [join(__dirname, 'scan.mjs'), folder, kind], {
		env: { NODE_ENV: 'production' },
	});
	return jsonParse<ScanResult>(stdout);
}
