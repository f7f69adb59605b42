/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: looks at the project's files */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { projectRoot, readProjectFile } from './project';

/** The names that a pattern's first group finds in the README, each once. */
async function named(pattern: RegExp): Promise<string[]> {
	const readme = await readProjectFile('README.md');
	return [...new Set([...readme.matchAll(pattern)].map(([, name]) => name))].sort();
}

async function files(folder: string): Promise<string[]> {
	return (await readdir(join(projectRoot, folder), { recursive: true })).sort();
}

it('shows only pictures that exist', async () => {
	const pictures = await named(/main\/\.github\/images\/([\w/.-]+)/g);
	expect(pictures.length).toBeGreaterThan(5);
	expect(await files('.github/images')).toEqual(expect.arrayContaining(pictures));
});

it('names every example, and only those that exist', async () => {
	expect(await named(/`([\w-]+\.json)`/g)).toEqual(await files('examples'));
});

it('names only scripts that package.json has', async () => {
	const scripts = await named(/npm run ([\w:]+)/g);
	const manifest: unknown = JSON.parse(await readProjectFile('package.json'));
	expect(scripts.length).toBeGreaterThan(5);
	expect(manifest).toHaveProperty('scripts');
	for (const script of scripts) expect(manifest).toHaveProperty(['scripts', script]);
});
