import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { InputError } from '../shared/errors';
import { isObject } from '../shared/json';
import { toE164OrSipUri } from '../shared/phoneNumber';
import type { Subscription } from './events';

type Context = IHookFunctions | IWebhookFunctions;

/** How long Telnyx waits for an answer where the trigger has not set it (Telnyx docs, webhooks). */
const telnyxDefaultSecs = 2;

/** The options that the user added. */
export function optionsOf(context: Context): IDataObject {
	const options: unknown = context.getNodeParameter('options', {});
	return isObject(options) ? options : {};
}

/** The chosen application's id. */
export function applicationIdOf(context: Context): string {
	const value: unknown = context.getNodeParameter('faxApplicationId', '', { extractValue: true });
	const id = String((isObject(value) ? value.value : value) ?? '').trim();
	if (id === '') {
		throw new InputError(
			'No fax application is chosen',
			'Choose one in the parameter Fax Application of the trigger',
		);
	}
	return id;
}

/** Whether the user registers the URL with Telnyx. */
export function isManual(context: Context): boolean {
	return optionsOf(context).webhookRegistration === 'manual';
}

/** Whether the URL of another workflow of this n8n may be replaced. */
export function takesOver(context: Context): boolean {
	return optionsOf(context).takeOver === true;
}

/** How long Telnyx shall wait for an answer, in seconds from 0 to 30. */
export function timeoutSecsOf(context: Context): number {
	const { webhookTimeoutSecs: secs = isManual(context) ? telnyxDefaultSecs : 30 } =
		optionsOf(context);
	if (typeof secs !== 'number' || !Number.isInteger(secs) || secs < 1 || secs > 30) {
		throw new InputError(
			'The option "Webhook Timeout" is not a whole number from 1 to 30',
			'Correct the number of seconds',
		);
	}
	return secs;
}

function numbersOf(value: unknown, label: string): string[] {
	const numbers = typeof value === 'string' ? value.split(/[,;\n]/) : [];
	return numbers
		.filter((number) => number.trim() !== '')
		.map((number) => toE164OrSipUri(number, label));
}

/**
 * What the trigger wants to hear of.
 *
 * @throws InputError naming the parameter
 */
export function subscriptionOf(context: Context): Subscription {
	const events: unknown = context.getNodeParameter('events', []);
	const { direction, from, to } = optionsOf(context);
	return {
		faxApplicationId: applicationIdOf(context),
		events: Array.isArray(events) ? events.map(String) : [],
		direction: direction === 'inbound' || direction === 'outbound' ? direction : undefined,
		from: numbersOf(from, 'From'),
		to: numbersOf(to, 'To'),
	};
}
