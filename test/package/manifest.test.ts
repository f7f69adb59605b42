import { readManifest } from './project';
import type { PackageManifest } from './project';

let manifest: PackageManifest;

beforeAll(async () => {
	manifest = await readManifest();
});

it('is found by n8n as a community node package', () => {
	expect(manifest.name).toMatch(/^n8n-nodes-[a-z-]+$/);
	expect(manifest.keywords).toContain('n8n-community-node-package');
	expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
	expect([...manifest.n8n.nodes, ...manifest.n8n.credentials]).toEqual(
		expect.arrayContaining([expect.stringMatching(/^dist\/(nodes|credentials)\/.+\.js$/)]),
	);
});

it('is under the MIT licence and names its author, home page and repository', () => {
	expect(manifest).toMatchObject({
		license: 'MIT',
		author: { name: expect.any(String), email: expect.stringContaining('@') },
		homepage: expect.stringMatching(/^https:\/\//),
		repository: { type: 'git', url: expect.stringMatching(/^git\+https:\/\/github\.com\//) },
	});
});

it('brings nothing along but what it built', () => {
	expect(manifest.files).toEqual(['dist']);
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.optionalDependencies).toBeUndefined();
	expect(manifest.bundledDependencies ?? manifest.bundleDependencies).toBeUndefined();
	expect(manifest.overrides).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

it('runs no script on a machine that installs it', () => {
	const onInstall = [
		'preinstall',
		'install',
		'postinstall',
		'preprepare',
		'prepare',
		'postprepare',
	];
	expect(Object.keys(manifest.scripts).filter((name) => onInstall.includes(name))).toEqual([]);
});

it('pins every development dependency', () => {
	const versions = Object.values(manifest.devDependencies);
	expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
