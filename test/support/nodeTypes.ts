import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
} from 'n8n-workflow';

/** The prefix n8n puts before the node names of this package. */
export const PACKAGE_NAME = 'n8n-nodes-telnyx-fax';

/** The type of a node that starts a workflow; its items come from the workflow's pin data. */
export const ITEM_SOURCE = 'itemSource';

/** The type of a node that hands its items on in batches, as n8n's Loop Over Items does. */
export const LOOP_OVER_ITEMS = 'loopOverItems';

const main = NodeConnectionTypes.Main;

function describe(
	name: string,
	overrides: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		name,
		displayName: name,
		description: '',
		group: ['transform'],
		version: 1,
		defaults: { name },
		inputs: [main],
		outputs: [main],
		properties: [],
		...overrides,
	};
}

const itemSource: INodeType = {
	description: describe(ITEM_SOURCE, { group: ['trigger'], inputs: [] }),
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	},
};

function isItem(value: unknown): value is INodeExecutionData {
	return typeof value === 'object' && value !== null && 'json' in value;
}

const loopOverItems: INodeType = {
	description: describe(LOOP_OVER_ITEMS, {
		outputs: [main, main],
		outputNames: ['done', 'loop'],
		properties: [{ displayName: 'Batch Size', name: 'batchSize', type: 'number', default: 1 }],
	}),
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const state: IDataObject = this.getContext('node');
		const arrived = this.getInputData();
		const itemsOf = (value: unknown) => (Array.isArray(value) ? value.filter(isItem) : []);
		const started = Array.isArray(state.pending);
		const pending = started ? itemsOf(state.pending) : arrived;
		const done = started ? [...itemsOf(state.done), ...arrived] : [];
		const batchSize = Number(this.getNodeParameter('batchSize', 0));
		const batch = pending.slice(0, batchSize);
		Object.assign(state, { pending: pending.slice(batchSize), done });
		return batch.length > 0 ? [[], batch] : [done, []];
	},
};

/** The nodes under test by their full type name, and the helper nodes every workflow may use. */
export class NodeTypesUnderTest implements INodeTypes {
	private readonly types: Map<string, INodeType>;

	constructor(nodes: INodeType[]) {
		this.types = new Map([
			[ITEM_SOURCE, itemSource],
			[LOOP_OVER_ITEMS, loopOverItems],
			...nodes.map((node): [string, INodeType] => [
				`${PACKAGE_NAME}.${node.description.name}`,
				node,
			]),
		]);
	}

	getByName(type: string): INodeType {
		return this.getByNameAndVersion(type);
	}

	/** Throws when no node of that type is set up. */
	getByNameAndVersion(type: string): INodeType {
		const found = this.types.get(type);
		if (found === undefined) throw new Error(`No node of type "${type}" is set up`);
		return found;
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}
