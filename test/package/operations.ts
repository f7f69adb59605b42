import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { choicesOf } from './parameters';

/** An operation as values of the code or, in the README, as labels of the panel. */
export interface NamedOperation {
	resource: string;
	operation: string;
}

/** An operation the panel offers: the choices for its resource and for itself. */
export interface OfferedOperation {
	resource: INodePropertyOptions;
	operation: INodePropertyOptions;
}

/** Every operation that a node's panel offers, resource by resource. */
export function offeredOperations(properties: INodeProperties[]): OfferedOperation[] {
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(choicesOf);
	const selectors = properties.filter(({ name }) => name === 'operation');
	return resources.flatMap((resource) =>
		selectors
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(resource.value))
			.flatMap(choicesOf)
			.map((operation) => ({ resource, operation })),
	);
}

const cellsOf = (row: string) =>
	row
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim().replace(/[*`]/g, ''));

/**
 * The operations that a README lists in the table headed `| Resource | Operation | ...`. An empty
 * resource cell repeats the one above. Throws when there is no such table.
 */
export function documentedOperations(markdown: string): NamedOperation[] {
	const lines = markdown.split('\n');
	const header = lines.findIndex((line) => /^\|\s*Resource\s*\|\s*Operation\s*\|/.test(line));
	if (header === -1) throw new Error('The README has no table of resources and operations');
	const rows = lines.slice(header + 2);
	const end = rows.findIndex((line) => !line.startsWith('|'));
	let resource = '';
	return rows.slice(0, end === -1 ? undefined : end).map((row) => {
		const [first = '', operation = ''] = cellsOf(row);
		resource = first === '' ? resource : first;
		return { resource, operation };
	});
}
