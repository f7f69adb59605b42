import type { INodeProperties } from 'n8n-workflow';

import { allParameters, choicesOf, neverShownTogether, nestedLists } from './parameters';

const minorWords = 'a an and as at by for from in of on or per than the to via with'.split(' ');

const properNames = ['Telnyx'];

function isTitleCase(text: string): boolean {
	return text
		.split(' ')
		.every((word, index) => /^[^a-z]/.test(word) || (index > 0 && minorWords.includes(word)));
}

function isSentenceCase(text: string): boolean {
	const [first = '', ...rest] = text.split(' ');
	return (
		/^[A-Z]/.test(first) &&
		rest.every(
			(word) => !/^[A-Z]/.test(word) || /^[A-Z0-9]+$/.test(word) || properNames.includes(word),
		)
	);
}

function endsInNeedlessPeriod(text: string): boolean {
	return text.endsWith('.') && !/[.:?!] /.test(text);
}

function isSorted(names: string[]): boolean {
	return names.every(
		(name, index) => index === 0 || (names[index - 1] ?? '').localeCompare(name) <= 0,
	);
}

const selfExplaining = ['resource', 'operation'];

// n8n sorts lists from this length on; shorter ones may follow what they are about.
const sortedFrom = 5;

function parameterViolations(parameter: INodeProperties): string[] {
	const { displayName, name, type, description, placeholder } = parameter;
	const choices = choicesOf(parameter);
	const isChoiceList = type === 'options' || type === 'multiOptions';
	const isCollection = type === 'collection' || type === 'fixedCollection';
	const placeholders = [placeholder, ...(parameter.modes ?? []).map((mode) => mode.placeholder)];
	const texts = [description, ...choices.map((choice) => choice.description)];
	// The label of a notice is the notice.
	const isNotice = type === 'notice';
	const problems: Array<[boolean, string]> = [
		[isNotice && !/^[A-Z]/.test(displayName), 'is a notice that is no sentence'],
		[!isNotice && !isTitleCase(displayName), `"${displayName}" is not in title case`],
		[!('default' in parameter), 'has no default'],
		[
			type === 'boolean' && !/^Whether\b/.test(description ?? ''),
			'is a boolean whose description does not start with "Whether"',
		],
		[
			!isCollection && placeholders.some((text) => text !== undefined && !/^e\.g\. \S/.test(text)),
			'has a placeholder that does not start with "e.g."',
		],
		[
			texts.some((text) => text !== undefined && endsInNeedlessPeriod(text)),
			'has a one-sentence description that ends in a period',
		],
		[
			name === 'limit' && description !== 'Max number of results to return',
			'is a limit without the standard description',
		],
		[name === 'limit' && parameter.default !== 50, 'is a limit whose default is not 50'],
		[name === 'limit' && parameter.typeOptions?.minValue !== 1, 'is a limit that may be below 1'],
		[
			name === 'returnAll' &&
				description !== 'Whether to return all results or only up to a given limit',
			'is a Return All without the standard description',
		],
		[
			!isCollection && !isNotice && !selfExplaining.includes(name) && description === undefined,
			'has no description',
		],
		[
			name === 'operation' &&
				choices.some((choice) => choice.action === undefined || choice.description === undefined),
			'has an operation without an action or description',
		],
		[
			choices.some(({ description }) => description === undefined) &&
				choices.some(({ description }) => description !== undefined),
			'describes some of its options but not all',
		],
		[
			isChoiceList && choices.some((choice) => !isTitleCase(choice.name)),
			'has an option that is not in title case',
		],
		[
			choices.length >= sortedFrom && !isSorted(choices.map((choice) => choice.name)),
			'has options that are not in alphabetical order',
		],
		[
			isChoiceList &&
				choices.every((choice) => choice.value !== parameter.default) &&
				type === 'options',
			'has a default that is not one of its options',
		],
		[
			name === 'operation' && choices.some(({ action = '' }) => !isSentenceCase(action)),
			'has an action that is not in sentence case',
		],
		[
			name === 'operation' &&
				choices.some(({ value, name: label }) => (value === 'getAll') !== (label === 'Get Many')),
			'has a getAll that is not called Get Many',
		],
		...nestedLists(parameter).map(({ parameters }): [boolean, string] => [
			parameters.length >= sortedFrom && !isSorted(parameters.map((nested) => nested.displayName)),
			'has parameters inside that are not in alphabetical order',
		]),
	];
	return problems.filter(([broken]) => broken).map(([, problem]) => problem);
}

function duplicates(parameters: INodeProperties[], prefix = ''): string[] {
	const here = parameters.flatMap((parameter, index) =>
		parameters
			.slice(index + 1)
			.filter((other) => other.name === parameter.name && !neverShownTogether(parameter, other))
			.map(() => `${prefix}${parameter.name}: can be on screen twice`),
	);
	const inside = parameters.flatMap((parameter) =>
		nestedLists(parameter).flatMap((list) => duplicates(list.parameters, `${prefix}${list.path}.`)),
	);
	return [...here, ...inside];
}

/** Where a node's parameters break n8n's UX guidelines, one line for each breach. */
export function guidelineViolations(parameters: INodeProperties[]): string[] {
	return [
		...allParameters(parameters).flatMap(({ path, parameter }) =>
			parameterViolations(parameter).map((problem) => `${path}: ${problem}`),
		),
		...duplicates(parameters),
	];
}
