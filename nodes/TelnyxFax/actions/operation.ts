import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** One operation of the node: its parameters, and what it does with one input item. */
export interface Operation {
	description: INodeProperties[];
	/** The output items for input item `itemIndex`; the router links them to it. */
	execute(this: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]>;
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
