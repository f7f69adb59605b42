/** As much of JSON Schema as n8n's output previews use. */
export interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	/** n8n wants it in each of its files. */
	version?: number;
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return Number.isInteger(value) ? 'integer' : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeOf(value) === 'object';
}

/** The schema that fits all of `values`; what may be null names its other type first. */
export function schemaOf(values: unknown[]): Schema {
	const types = [...new Set(values.map(typeOf))].sort((one, other) =>
		one === 'null' ? 1 : other === 'null' ? -1 : one.localeCompare(other),
	);
	const schema: Schema = { type: types.length === 1 ? (types[0] ?? 'null') : types };
	const objects = values.filter(isRecord);
	if (objects.length > 0) {
		const keys = [...new Set(objects.flatMap((value) => Object.keys(value)))];
		schema.properties = Object.fromEntries(
			keys.map((key) => [
				key,
				schemaOf(objects.filter((value) => key in value).map((value) => value[key])),
			]),
		);
	}
	const entries = values.filter((value) => Array.isArray(value)).flat();
	if (entries.length > 0) schema.items = schemaOf(entries);
	return schema;
}
