import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';

import { InputError } from '../../shared/errors';
import { isObject } from '../../shared/json';
import { isoTime } from '../actions/params';

const unitMs: Record<string, number> = {
	seconds: 1000,
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
};

const defaultMs = unitMs.hours;

/** The option in the form that n8n's own waiting operations give it. */
export const limitWaitTimeOption: INodeProperties = {
	displayName: 'Limit Wait Time',
	name: 'limitWaitTime',
	type: 'fixedCollection',
	default: { values: { limitType: 'afterTimeInterval', resumeAmount: 1, resumeUnit: 'hours' } },
	description:
		'When to go on although a fax has no result yet; one hour without this option. n8n looks once a minute. The faxes then come out as they were when the waiting began: Get tells how they are now.',
	options: [
		{
			displayName: 'Values',
			name: 'values',
			values: [
				{
					displayName: 'Limit Type',
					name: 'limitType',
					type: 'options',
					default: 'afterTimeInterval',
					description: 'How the limit is given',
					options: [
						{
							name: 'After Time Interval',
							value: 'afterTimeInterval',
							description: 'Waits for a certain amount of time',
						},
						{
							name: 'At Specified Time',
							value: 'atSpecifiedTime',
							description: 'Waits until a certain date and time',
						},
					],
				},
				{
					displayName: 'Amount',
					name: 'resumeAmount',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 2 },
					default: 1,
					description: 'How long to wait',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
				},
				{
					displayName: 'Unit',
					name: 'resumeUnit',
					type: 'options',
					default: 'hours',
					description: 'The unit of the amount',
					displayOptions: { show: { limitType: ['afterTimeInterval'] } },
					options: [
						{ name: 'Days', value: 'days' },
						{ name: 'Hours', value: 'hours' },
						{ name: 'Minutes', value: 'minutes' },
						{ name: 'Seconds', value: 'seconds' },
					],
				},
				{
					displayName: 'Max Date and Time',
					name: 'maxDateAndTime',
					type: 'dateTime',
					default: '',
					description: 'Until when to wait',
					displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
				},
			],
		},
	],
};

function within(limit: Date): Date {
	if (limit < WAIT_INDEFINITELY) return limit;
	throw new InputError(
		'The option "Limit Wait Time" is too far in the future',
		'Enter a time before the year 3000',
	);
}

/**
 * When waiting ends at the latest; a time that the user gave may have passed.
 *
 * @param options the operation's options
 * @param nowMs the time, in ms
 * @throws InputError where the limit is no time, or one that n8n cannot wait for
 */
export function timeLimit(context: IExecuteFunctions, options: IDataObject, nowMs: number): Date {
	const values = isObject(options.limitWaitTime) ? options.limitWaitTime.values : undefined;
	if (!isObject(values)) return new Date(nowMs + defaultMs);
	if (values.limitType === 'atSpecifiedTime') {
		return within(new Date(isoTime(context, values.maxDateAndTime, 'Max Date and Time', 0)));
	}
	const amount = Number(values.resumeAmount ?? 1);
	const ms = amount * (unitMs[String(values.resumeUnit ?? 'hours')] ?? NaN);
	if (!Number.isFinite(ms) || ms <= 0) {
		throw new InputError(
			'The option "Limit Wait Time" is not a time to wait for',
			'Enter an amount above 0 and its unit',
		);
	}
	return within(new Date(nowMs + ms));
}
