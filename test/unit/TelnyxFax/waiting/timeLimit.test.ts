import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { timeLimit } from '../../../../nodes/TelnyxFax/waiting/timeLimit';
import { InputError } from '../../../../nodes/shared/errors';
import { insideNode } from '../../executeContext';

const now = Date.parse('2026-05-31T08:00:00Z');

const limitOf = async (options: IDataObject, timezone = 'UTC'): Promise<string> =>
	await insideNode({}, (context) => {
		context.getTimezone = () => timezone;
		return timeLimit(context, options, now).toISOString();
	});

const valuesOf = (values: IDataObject): IDataObject => ({ limitWaitTime: { values } });

it.each([
	['nothing', {}],
	['an option that was added and left open', { limitWaitTime: {} }],
	['an option that is no object', { limitWaitTime: 'soon' }],
	['no amount and no unit', valuesOf({ limitType: 'afterTimeInterval' })],
])('is one hour with %s', async (_what, options) => {
	expect(await limitOf(options)).toBe('2026-05-31T09:00:00.000Z');
});

it.each([
	[20, 'seconds', '2026-05-31T08:00:20.000Z'],
	[1.5, 'minutes', '2026-05-31T08:01:30.000Z'],
	['2', 'hours', '2026-05-31T10:00:00.000Z'],
	[3, 'days', '2026-06-03T08:00:00.000Z'],
])('%s %s are counted from now', async (resumeAmount, resumeUnit, expected) => {
	expect(await limitOf(valuesOf({ resumeAmount, resumeUnit }))).toBe(expected);
});

it.each([
	['2026-06-01T00:00:00Z', 'UTC', '2026-06-01T00:00:00.000Z'],
	['2026-06-01T00:00:00', 'America/New_York', '2026-06-01T04:00:00.000Z'],
	['2026-01-01T00:00:00Z', 'UTC', '2026-01-01T00:00:00.000Z'],
])('the time %s in %s is taken as it is', async (maxDateAndTime, timezone, expected) => {
	const values = valuesOf({ limitType: 'atSpecifiedTime', maxDateAndTime });
	expect(await limitOf(values, timezone)).toBe(expected);
});

it.each([
	{ resumeAmount: 0, resumeUnit: 'hours' },
	{ resumeAmount: -1, resumeUnit: 'hours' },
	{ resumeAmount: 'many', resumeUnit: 'hours' },
	{ resumeAmount: 1, resumeUnit: 'fortnights' },
	{ resumeAmount: 1, resumeUnit: 'toString' },
	{ resumeAmount: 1_000_000, resumeUnit: 'days' },
	{ resumeAmount: 1e300, resumeUnit: 'days' },
	{ limitType: 'atSpecifiedTime' },
	{ limitType: 'atSpecifiedTime', maxDateAndTime: 'tomorrow' },
	{ limitType: 'atSpecifiedTime', maxDateAndTime: '9999-01-01T00:00:00Z' },
])('%j is refused', async (values) => {
	await expect(limitOf(valuesOf(values))).rejects.toThrow();
});

it('gives a time that n8n can wait for, or says what is wrong, whatever it gets', async () => {
	await insideNode({}, (context) => {
		fc.assert(
			fc.property(
				fc.oneof(fc.double(), fc.string(), fc.constant(null)),
				fc.oneof(fc.constantFrom('seconds', 'minutes', 'hours', 'days'), fc.string()),
				(resumeAmount, resumeUnit) => {
					try {
						const limit = timeLimit(context, valuesOf({ resumeAmount, resumeUnit }), now);
						return limit.getTime() >= now && limit.getUTCFullYear() < 3000;
					} catch (error) {
						return error instanceof InputError;
					}
				},
			),
		);
	});
});
