import type { INodeProperties, INodeType } from 'n8n-workflow';

import { loadNodes } from './nodeClasses';
import { documentedOperations, offeredOperations } from './operations';
import { listProjectFiles, readProjectFile } from './project';

const actions = 'nodes/TelnyxFax/actions';

/** The operations that `actions/<resource>/index.ts` can carry out, by value. */
async function handledOperations(resource: string): Promise<string[]> {
	const exported: Record<string, unknown> = await import(`../../${actions}/${resource}/index.ts`);
	const resources = Object.values(exported).filter(
		(value): value is { operations: Record<string, unknown> } =>
			typeof value === 'object' && value !== null && 'operations' in value,
	);
	return resources.flatMap(({ operations }) => Object.keys(operations));
}

describe('the table in the README', () => {
	it('is read with its resources carried down', () => {
		const markdown = [
			'| Resource | Operation | What it does |',
			'|---|---|---|',
			'| **Fax** | Send | Sends |',
			'| | Get Many | Lists |',
			'| Phone Number | `Assign` | Assigns |',
			'',
			'| Resource | Operation |',
		].join('\n');
		expect(documentedOperations(markdown)).toEqual([
			{ resource: 'Fax', operation: 'Send' },
			{ resource: 'Fax', operation: 'Get Many' },
			{ resource: 'Phone Number', operation: 'Assign' },
		]);
	});

	it('may not be missing', () => {
		expect(() => documentedOperations('# Title')).toThrow('no table');
	});
});

describe('the operations of the Telnyx Fax node', () => {
	let properties: INodeProperties[];

	beforeAll(async () => {
		const isActionNode = ({ description }: INodeType) => description.name === 'telnyxFax';
		properties = (await loadNodes()).find(isActionNode)?.description.properties ?? [];
	});

	it('are each handled, and each handler is offered', async () => {
		const indexes = await listProjectFiles(actions, '/index.ts');
		const resources = indexes.map((file) => file.split('/').at(-2) ?? '');
		const handled = await Promise.all(
			resources.map(async (resource) => {
				const operations = await handledOperations(resource);
				return operations.map((operation) => `${resource}:${operation}`);
			}),
		);
		const offered = offeredOperations(properties).map(
			({ resource, operation }) => `${resource.value}:${operation.value}`,
		);
		expect(offered).not.toEqual([]);
		expect(handled.flat().sort()).toEqual(offered.sort());
	});

	it('are offered for every resource', () => {
		const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
		const withOperations = offeredOperations(properties).map(({ resource }) => resource);
		expect([...new Set(withOperations)]).toEqual(resources);
	});

	it('are those that the README lists', async () => {
		const offered = offeredOperations(properties).map(
			({ resource, operation }) => `${resource.name}: ${operation.name}`,
		);
		const documented = documentedOperations(await readProjectFile('README.md')).map(
			({ resource, operation }) => `${resource}: ${operation}`,
		);
		expect(documented.sort()).toEqual(offered.sort());
	});
});
