/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: reads the command line */
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { SetupError } from '../n8n/setupError';

const argumentsSchema = z
	.object({
		/** Numbers of the rows to run; all by default. */
		rows: z
			.string()
			.regex(/^\d+(,\d+)*$/)
			.transform((list) => list.split(',').map(Number))
			.optional(),
		/** How often each side of a row is measured. */
		runs: z.coerce.number().int().min(1).default(3),
		/** File to write the results to. */
		json: z.string().min(1).optional(),
	})
	.strict();

/** What the bench was asked for on the command line. */
export type BenchArguments = z.infer<typeof argumentsSchema>;

/**
 * Reads the bench's command line.
 *
 * @throws {SetupError} for an option it does not know or a value that cannot be one.
 */
export function benchArguments(parameters: string[]): BenchArguments {
	const { values } = parseArgs({
		args: parameters,
		options: { rows: { type: 'string' }, runs: { type: 'string' }, json: { type: 'string' } },
		strict: false,
	});
	const parsed = argumentsSchema.safeParse(values);
	if (!parsed.success) {
		throw new SetupError(
			'The bench takes --rows with numbers such as 1,3, --runs with a number and --json with a file name.',
		);
	}
	return parsed.data;
}
