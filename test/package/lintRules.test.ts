import { listProjectFiles, readProjectFile } from './project';

const directive = /eslint-(?:disable)[^\n]*/g;

async function directives(folder: string, ending: string): Promise<string[]> {
	const found: string[] = [];
	for (const file of await listProjectFiles(folder, ending)) {
		const matches = (await readProjectFile(file)).match(directive) ?? [];
		found.push(...matches.map((match) => `${file}: ${match}`));
	}
	return found;
}

it.each(['credentials', 'nodes'])('switches no lint rule off in %s', async (folder) => {
	expect(await directives(folder, '.ts')).toEqual([]);
});

it('says why wherever a test file switches a lint rule off', async () => {
	const all = await directives('test', '.ts');
	expect(all).not.toEqual([]);
	expect(all.filter((text) => !/ -- \S.{10,} \*\/$/.test(text))).toEqual([]);
});
