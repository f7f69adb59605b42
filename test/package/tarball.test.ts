import { buildAndPack, copySources, exportedNames, readManifest, scan, unpack } from './project';
import type { PackageManifest, PackedPackage, TemporaryFolder } from './project';

let copy: TemporaryFolder;
let packed: PackedPackage;
let installed: TemporaryFolder;
let manifest: PackageManifest;
let paths: string[];

beforeAll(async () => {
	copy = await copySources();
	packed = await buildAndPack(copy);
	installed = await unpack(`${copy.path}/${packed.filename}`);
	manifest = await readManifest(installed.path);
	paths = packed.files.map(({ path }) => path);
}, 120_000);

afterAll(async () => {
	await installed.remove();
	await copy.remove();
});

it('holds the built package, its manifest, the readme and the licence, and nothing else', () => {
	const others = paths.filter((path) => !path.startsWith('dist/')).sort();
	expect(others).toEqual(['LICENSE.md', 'README.md', 'package.json']);
	const kinds =
		/^dist\/(credentials|icons|nodes)\/.+(\.js|\.svg|\.node\.json|\/__schema__\/.+\.json)$/;
	expect(paths.filter((path) => path.startsWith('dist/') && !kinds.test(path))).toEqual([]);
});

it('holds no tests', () => {
	expect(paths.filter((path) => /test|spec|standin|coverage/i.test(path))).toEqual([]);
});

it('is at most 100 kB', () => {
	expect(packed.size).toBeLessThanOrEqual(100_000);
});

it('has every file that n8n is told to load, with its description and icons', () => {
	const { nodes, credentials } = manifest.n8n;
	expect(paths).toEqual(
		expect.arrayContaining([
			...nodes,
			...credentials,
			...nodes.map((path) => path.replace(/\.js$/, '.json')),
			'dist/icons/telnyxFax.svg',
			'dist/icons/telnyxFax.dark.svg',
		]),
	);
});

it('exports the class that n8n looks for and loads with nothing but n8n-workflow', async () => {
	for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		const className = path.replace(/^.*\/(\w+)\.(node|credentials)\.js$/, '$1');
		expect(await exportedNames(installed.path, path)).toContain(className);
	}
});

it("passes n8n's scanner", async () => {
	expect(await scan(installed.path, 'tarball')).toEqual({ passed: true });
}, 60_000);
