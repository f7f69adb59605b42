import type { IDataObject } from 'n8n-workflow';

/** True for a plain JSON object: not null, not an array. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at `key`, or an empty one. */
export function objectAt(value: unknown, key: string): IDataObject {
	const found = isObject(value) ? value[key] : undefined;
	return isObject(found) ? found : {};
}

/** The objects of the array at `key`; anything else in it is left out. */
export function objectsAt(value: unknown, key: string): IDataObject[] {
	const found = isObject(value) ? value[key] : undefined;
	return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The non-empty string at `key`, or undefined. */
export function stringAt(value: unknown, key: string): string | undefined {
	const found = isObject(value) ? value[key] : undefined;
	return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The finite number at `key`, or undefined. */
export function numberAt(value: unknown, key: string): number | undefined {
	const found = isObject(value) ? value[key] : undefined;
	return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** Parses JSON; undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
