import { importedModules } from './imports';
import { listProjectFiles, readProjectFile } from './project';

const allowed = (module: string) =>
	module === 'n8n-workflow' || module === 'node:crypto' || module.startsWith('.');

it('finds every way a module can be named', () => {
	const text = `
		import axios from 'a';
		import type { A } from 'b';
		import 'c';
		import d = require('d');
		export * from 'e';
		const f = require('f');
		const g = await import('g');
		let h: import('h').H;
		require.resolve('i');
		require(name);
	`;
	expect(importedModules('sample.ts', text)).toEqual([
		'a',
		'b',
		'c',
		'd',
		'e',
		'f',
		'g',
		'h',
		'i',
		'(computed)',
	]);
});

it.each(['credentials', 'nodes'])(
	'imports only n8n-workflow, node:crypto and its own files in %s',
	async (folder) => {
		const files = await listProjectFiles(folder, '.ts');
		expect(files).not.toEqual([]);
		const foreign: string[] = [];
		for (const file of files) {
			const modules = importedModules(file, await readProjectFile(file));
			foreign.push(...modules.filter((name) => !allowed(name)).map((name) => `${file}: ${name}`));
		}
		expect(foreign).toEqual([]);
	},
);
