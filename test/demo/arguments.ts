/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: reads the command line */
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { SetupError } from '../n8n/setupError';

const argumentsSchema = z
	.object({
		/** End after the fax is delivered instead of staying up. */
		exit: z.boolean().default(false),
		/** Loopback port of n8n. */
		port: z.coerce.number().int().min(1).max(65535).default(5678),
	})
	.strict();

/** What the demo was asked for on the command line. */
export type DemoArguments = z.infer<typeof argumentsSchema>;

/**
 * Reads the demo's command line.
 *
 * @throws {SetupError} for an option it does not know or a port that cannot be one.
 */
export function demoArguments(parameters: string[]): DemoArguments {
	const { values } = parseArgs({
		args: parameters,
		options: { exit: { type: 'boolean' }, port: { type: 'string' } },
		strict: false,
	});
	const parsed = argumentsSchema.safeParse(values);
	if (!parsed.success) {
		throw new SetupError('The demo takes --exit and --port with a number from 1 to 65535.');
	}
	return parsed.data;
}
