import type { INodeProperties, INodeType } from 'n8n-workflow';

import { guidelineViolations } from './guidelines';
import { loadNodes } from './nodeClasses';

const text = (overrides: Partial<INodeProperties>): INodeProperties => ({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'What it is',
	...overrides,
});

const options = (names: string[], overrides: Partial<INodeProperties> = {}): INodeProperties =>
	text({
		type: 'options',
		default: names[0] ?? '',
		options: names.map((name) => ({ name, value: name, description: 'What it is' })),
		...overrides,
	});

describe('the guidelines', () => {
	it.each<[string, INodeProperties[], string]>([
		['a label not in title case', [text({ displayName: 'Fax id' })], 'title case'],
		[
			'a boolean that does not say Whether',
			[text({ type: 'boolean', default: false, description: 'If true' })],
			'Whether',
		],
		['a placeholder without e.g.', [text({ placeholder: '+1555' })], 'e.g.'],
		['a period after one sentence', [text({ description: 'The name.' })], 'period'],
		['an unsorted list', [options(['B', 'A', 'C', 'D', 'E'])], 'alphabetical order'],
		['a parameter that says nothing', [text({ description: undefined })], 'no description'],
		[
			'an operation that says nothing',
			[
				options([], {
					name: 'operation',
					default: 'send',
					options: [{ name: 'Send', value: 'send', action: 'Send a fax' }],
				}),
			],
			'without an action or description',
		],
		[
			'a half described list',
			[
				options(['A'], {
					options: [
						{ name: 'A', value: 'A', description: 'The first' },
						{ name: 'B', value: 'B' },
					],
				}),
			],
			'some of its options',
		],
		['a default that cannot be chosen', [options(['A', 'B'], { default: 'C' })], 'default'],
		[
			'a capitalised action',
			[
				options([], {
					name: 'operation',
					default: 'send',
					options: [{ name: 'Send', value: 'send', action: 'Send A Fax' }],
				}),
			],
			'sentence case',
		],
		[
			'a list operation by another name',
			[
				options([], {
					name: 'operation',
					default: 'getAll',
					options: [{ name: 'List', value: 'getAll', action: 'List faxes' }],
				}),
			],
			'Get Many',
		],
		['a limit of its own making', [text({ name: 'limit', type: 'number', default: 10 })], 'limit'],
		['a parameter that is there twice', [text({}), text({})], 'twice'],
		[
			'a breach inside a collection',
			[
				text({
					name: 'extra',
					type: 'collection',
					default: {},
					options: [text({ displayName: 'no title' })],
				}),
			],
			'extra.name: "no title"',
		],
	])('catch %s', (_, parameters, problem) => {
		expect(guidelineViolations(parameters).join('\n')).toContain(problem);
	});

	it('allow a name twice when only one of the two is ever on screen', () => {
		const shownFor = (value: string) => text({ displayOptions: { show: { operation: [value] } } });
		const hiddenFor = text({ displayOptions: { hide: { operation: ['get', 'send'] } } });
		expect(guidelineViolations([shownFor('get'), shownFor('send'), hiddenFor])).toEqual([]);
	});
});

describe('the nodes of this package', () => {
	let nodes: INodeType[];

	beforeAll(async () => {
		nodes = await loadNodes();
	});

	it("follow n8n's UX guidelines", () => {
		const violations = nodes.flatMap(({ description: { name, properties } }) =>
			guidelineViolations(properties).map((violation) => `${name}.${violation}`),
		);
		expect(violations).toEqual([]);
	});

	it('offer only list searches and load options that exist', () => {
		for (const { description, methods } of nodes) {
			const named = JSON.stringify(description.properties).matchAll(
				/"(searchListMethod|loadOptionsMethod)":"(\w+)"/g,
			);
			const existing = { ...methods?.listSearch, ...methods?.loadOptions };
			for (const [, , method = ''] of named) expect(Object.keys(existing)).toContain(method);
		}
	});

	it('are described by a codex file for the search in n8n', async () => {
		for (const { description } of nodes) {
			const className = description.name.replace(/^./, (letter) => letter.toUpperCase());
			const codex: unknown = await import(`../../nodes/${className}/${className}.node.json`);
			expect(codex).toMatchObject({
				node: `n8n-nodes-telnyx-fax.${description.name}`,
				nodeVersion: expect.stringMatching(/^\d+\.\d+$/),
				codexVersion: '1.0',
				categories: ['Communication'],
				alias: expect.arrayContaining(['fax', 'telnyx', 'pdf']),
				resources: {
					primaryDocumentation: expect.arrayContaining([
						{ url: expect.stringMatching(/^https:\/\//) },
					]),
					credentialDocumentation: [{ url: expect.stringMatching(/^https:\/\//) }],
				},
			});
		}
	});
});
