import { copySources, projectRoot, scan } from './project';
import type { TemporaryFolder } from './project';

it("finds nothing in the sources with n8n's scanner", async () => {
	expect(await scan(projectRoot, 'source')).toEqual({ passed: true });
}, 60_000);

describe('a planted violation', () => {
	let copy: TemporaryFolder;

	beforeAll(async () => {
		copy = await copySources();
		const silenced = ['/* eslint', 'disable */'].join('-');
		const text = `${silenced}\nimport { readFileSync } from 'fs';\nexport const x = readFileSync('x');\n`;
		await copy.write('nodes/TelnyxFax/planted.ts', text);
	});

	afterAll(async () => await copy.remove());

	it("is found by n8n's scanner", async () => {
		const { passed, details } = await scan(copy.path, 'source');
		expect(passed).toBe(false);
		expect(details).toMatch(/planted\.ts[^]*no-restricted-imports/);
	}, 60_000);
});
