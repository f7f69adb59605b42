import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** One operation of the node: its parameters, and what it does with one input item. */
export interface Operation {
	description: INodeProperties[];
	/**
	 * Reads the parameters of an item without any request; the router does it for all items before
	 * it starts, unless the user chose to continue on errors. Throws InputError. Absent where every
	 * finding is a result.
	 */
	check?(this: IExecuteFunctions, itemIndex: number): Promise<unknown>;
	/** The output items for input item `itemIndex`; the router links them to it. */
	execute(this: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]>;
	/** What comes after all items: gives the node's output from that of the items. */
	finish?(this: IExecuteFunctions, items: INodeExecutionData[]): Promise<INodeExecutionData[]>;
}

/** One resource of the node: its operations by value, in the order of the panel. */
export interface Resource {
	description: INodeProperties[];
	operations: Record<string, Operation>;
}

/** `properties` shown only for the given resource and operations. */
export function shownFor(
	resource: string,
	operations: string[],
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...property.displayOptions?.show, resource: [resource], operation: operations },
		},
	}));
}

/** Fields of a collection in alphabetical order, as n8n's guidelines ask. */
export function inOrder(fields: INodeProperties[]): INodeProperties[] {
	return [...fields].sort((one, other) => one.displayName.localeCompare(other.displayName));
}
