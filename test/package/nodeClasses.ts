import type { INodeType } from 'n8n-workflow';

import { readManifest } from './project';

function isNodeClass(value: unknown): value is new () => INodeType {
	return typeof value === 'function' && 'prototype' in value;
}

/**
 * One instance of every node that package.json tells n8n to load, from its source. Throws when a
 * file does not export the class that n8n looks for.
 */
export async function loadNodes(): Promise<INodeType[]> {
	const { n8n } = await readManifest();
	return await Promise.all(
		n8n.nodes.map(async (built) => {
			const source = built.replace(/^dist\/(.+)\.js$/, '$1');
			const className = source.replace(/^.*\/(\w+)\.node$/, '$1');
			const exported: Record<string, unknown> = await import(`../../${source}.ts`);
			const NodeClass = exported[className];
			if (!isNodeClass(NodeClass)) throw new Error(`${source} does not export ${className}`);
			return new NodeClass();
		}),
	);
}
