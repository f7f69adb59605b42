import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	NodeParameterValue,
} from 'n8n-workflow';

/** A parameter and where it is, such as `options.quality`. */
export interface LocatedParameter {
	path: string;
	parameter: INodeProperties;
}

type Entry = INodePropertyOptions | INodeProperties | INodePropertyCollection;

const isParameter = (entry: Entry): entry is INodeProperties => 'type' in entry;
const isGroup = (entry: Entry): entry is INodePropertyCollection => 'values' in entry;
const isChoice = (entry: Entry): entry is INodePropertyOptions => 'value' in entry;

/** The choices of an `options` or `multiOptions` parameter. */
export function choicesOf(parameter: INodeProperties): INodePropertyOptions[] {
	return (parameter.options ?? []).filter(isChoice);
}

/** The lists of parameters directly inside a parameter, one for each group of a collection. */
export function nestedLists({ name, options = [] }: INodeProperties): Array<{
	path: string;
	parameters: INodeProperties[];
}> {
	const parameters = options.filter(isParameter);
	return [
		...(parameters.length > 0 ? [{ path: name, parameters }] : []),
		...options
			.filter(isGroup)
			.map((group) => ({ path: `${name}.${group.name}`, parameters: group.values })),
	];
}

/** Every parameter of a list, those inside collections included. */
export function allParameters(parameters: INodeProperties[], prefix = ''): LocatedParameter[] {
	return parameters.flatMap((parameter) => [
		{ path: prefix + parameter.name, parameter },
		...nestedLists(parameter).flatMap((list) =>
			allParameters(list.parameters, `${prefix}${list.path}.`),
		),
	]);
}

type Conditions = Record<string, unknown>;

const plainValues = (condition: unknown): NodeParameterValue[] | undefined =>
	Array.isArray(condition) && condition.every((value) => typeof value !== 'object')
		? condition
		: undefined;

/** Whether some parameter keeps two others from ever being on screen together. */
export function neverShownTogether(a: INodeProperties, b: INodeProperties): boolean {
	const separates = (one: Conditions = {}, other: Conditions = {}, shown: boolean) =>
		Object.keys(one).some((key) => {
			const values = plainValues(one[key]);
			const others = plainValues(other[key]);
			if (values === undefined || others === undefined) return false;
			return shown
				? !values.some((value) => others.includes(value))
				: values.every((value) => others.includes(value));
		});
	const [first, second] = [a.displayOptions, b.displayOptions];
	return (
		separates(first?.show, second?.show, true) ||
		separates(first?.show, second?.hide, false) ||
		separates(second?.show, first?.hide, false)
	);
}
