/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: builds, packs and unpacks the package */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import execa from 'execa';
import { z } from 'zod';

import { npm } from './npm';

const projectFolder = resolve(__dirname, '..', '..');

const packageJsonSchema = z.object({ name: z.string(), version: z.string() }).catchall(z.unknown());

/** A package as it would be published. */
export interface PackedPackage {
	name: string;
	version: string;
	/** Absolute path of the tarball. */
	tarball: string;
}

/**
 * Builds this package and packs it into `folder`.
 *
 * @throws {SetupError} when it does not build.
 */
export async function packPackage(folder: string): Promise<PackedPackage> {
	const options = { cwd: projectFolder, purpose: 'The package could not be built' };
	await npm(['run', 'build', '--silent'], options);
	const fileName = await npm(['pack', '--silent', '--pack-destination', folder], options);
	const { name, version } = await readPackageJson(projectFolder);
	return { name, version, tarball: join(folder, fileName.trim()) };
}

/**
 * Installs a packed package for the n8n that uses `userFolder`, the way n8n installs a community
 * package: unpacked below its user folder, without dev, peer and optional dependencies.
 */
export async function installPackage(packed: PackedPackage, userFolder: string): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const packageFolder = join(nodesFolder, 'node_modules', packed.name);
	await mkdir(packageFolder, { recursive: true });
	await execa('tar', ['-xzf', packed.tarball, '-C', packageFolder, '--strip-components=1']);

	const packageJson = await readPackageJson(packageFolder);
	for (const field of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete packageJson[field];
	}
	await writePackageJson(packageFolder, packageJson);
	await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], {
		cwd: packageFolder,
		purpose: `${packed.name} could not be installed`,
	});
	await writePackageJson(nodesFolder, {
		name: 'installed-nodes',
		private: true,
		dependencies: { [packed.name]: packed.version },
	});
}

async function readPackageJson(folder: string): Promise<z.infer<typeof packageJsonSchema>> {
	return packageJsonSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
}

async function writePackageJson(folder: string, content: Record<string, unknown>): Promise<void> {
	await writeFile(join(folder, 'package.json'), JSON.stringify(content, null, 2));
}
