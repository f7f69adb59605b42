import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { InputError, TelnyxError, toNodeError } from '../shared/errors';
import { numberAt, objectAt, stringAt } from '../shared/json';
import { faxApplicationPath, getFaxApplication, telnyxData } from '../shared/resources';
import { applicationIdOf, isManual, subscriptionOf, takesOver, timeoutSecsOf } from './parameters';
import { assertReachable } from '../shared/webhook/reachability';
import type { Current, Memory, Registration } from './registration';
import { isTestUrl, planRegistration, planRemoval } from './registration';
import { fetchSigningKeys } from '../shared/webhook/signingKeys';

function webhookUrl(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw new InputError('n8n has no webhook URL for this trigger', 'Save the workflow first');
	}
	return url;
}

function readMemory(context: IHookFunctions): Memory | undefined {
	const stored = objectAt(context.getWorkflowStaticData('node'), 'registration');
	const url = stringAt(stored, 'url');
	const timeoutSecs = numberAt(stored, 'timeoutSecs');
	if (url === undefined || timeoutSecs === undefined) return undefined;
	const before = stringAt(stored.previous, 'url');
	const previous = before
		? { url: before, timeoutSecs: numberAt(stored.previous, 'timeoutSecs') ?? null }
		: undefined;
	return { url, timeoutSecs, previous };
}

function remember(context: IHookFunctions, memory: Memory | undefined): void {
	const stored = context.getWorkflowStaticData('node');
	if (memory === undefined) delete stored.registration;
	else stored.registration = memory;
}

function currentOf(application: IDataObject): Current {
	return {
		url: stringAt(application, 'webhook_event_url'),
		timeoutSecs: numberAt(application, 'webhook_timeout_secs') ?? null,
	};
}

async function planFor(
	context: IHookFunctions,
): Promise<{ application: IDataObject; plan: Registration }> {
	const url = webhookUrl(context);
	assertReachable(url);
	const application = await getFaxApplication(context, applicationIdOf(context));
	const wanted = { url, timeoutSecs: timeoutSecsOf(context), takeOver: takesOver(context) };
	return {
		application,
		plan: planRegistration(currentOf(application), wanted, readMemory(context)),
	};
}

async function patch(
	context: IHookFunctions,
	application: IDataObject,
	{ url, timeoutSecs }: { url: string; timeoutSecs: number | null },
): Promise<void> {
	const answer = await telnyxData(context, {
		method: 'PATCH',
		path: faxApplicationPath(String(application.id)),
		json: {
			// Telnyx demands the name with every change.
			application_name: application.application_name,
			webhook_event_url: url,
			webhook_timeout_secs: timeoutSecs,
		},
	});
	if (answer.webhook_event_url !== url) {
		throw new InputError(
			`Telnyx did not take over the webhook URL ${url}`,
			'Try again, or set the URL in the Telnyx portal and choose Manual as Webhook Registration',
		);
	}
}

function warnIfInactive(context: IHookFunctions, application: IDataObject): void {
	if (application.active !== false) return;
	context.logger.warn(
		`The fax application "${String(application.application_name)}" is not active on Telnyx: no events will come until it is activated`,
	);
}

function checkParameters(context: IHookFunctions): void {
	timeoutSecsOf(context);
	if (subscriptionOf(context).events.length > 0) return;
	throw new InputError(
		'The trigger has no events',
		'Choose at least one in the parameter Events, or All Events',
	);
}

/** Whether Telnyx already sends the events here, and can be believed. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	checkParameters(context);
	await fetchSigningKeys(context);
	if (isManual(context)) return true;
	const { application, plan } = await planFor(context);
	if (plan.action !== 'keep') return false;
	warnIfInactive(context, application);
	remember(context, plan.memory);
	return true;
}

/**
 * Makes Telnyx send the events of the application here, and remembers what was there before.
 *
 * @throws InputError where that cannot work or must not be done; nothing has been changed then
 */
export async function register(context: IHookFunctions): Promise<void> {
	const { application, plan } = await planFor(context);
	if (plan.action === 'refuse') {
		throw new InputError(
			`The fax application "${String(application.application_name)}" already sends its events to another workflow of this n8n: ${plan.otherUrl}`,
			'Unpublish that workflow, choose another fax application, or add the option Take Over to this trigger',
		);
	}
	warnIfInactive(context, application);
	// First, because a change may arrive whose answer is lost: n8n then calls `deregister`.
	remember(context, plan.memory);
	if (plan.action === 'set') await patch(context, application, plan.memory);
}

async function restore(context: IHookFunctions): Promise<void> {
	const memory = readMemory(context);
	if (memory === undefined || isManual(context)) return;
	const id = applicationIdOf(context);
	const application = await getFaxApplication(context, id).catch((error: unknown) => {
		if (error instanceof TelnyxError && error.status === 404) return undefined;
		throw error;
	});
	const plan = application && planRemoval(currentOf(application), memory);
	if (application && plan?.action === 'restore') await patch(context, application, plan);
	if (plan?.action === 'leave' && plan.because === 'unknown before') {
		context.logger.warn(
			`The fax application ${id} keeps the webhook URL of the unpublished trigger, because the one before is not known: set it in the Telnyx portal`,
		);
	}
	remember(context, undefined);
}

/** Gives Telnyx back what the application had before, if our URL is still there. */
export async function deregister(context: IHookFunctions): Promise<void> {
	await restore(context).catch((error: unknown) => {
		const url = webhookUrl(context);
		context.logger.error(
			`Telnyx Fax Trigger could not restore the webhook URL of its fax application, which may still be ${url}: ${String(error)}`,
		);
		// After a test run n8n has nobody to tell.
		if (!isTestUrl(url)) throw error;
	});
}

/** Runs a step of the lifecycle with n8n's own errors. */
export async function withNodeErrors<T>(context: IHookFunctions, step: Promise<T>): Promise<T> {
	return await step.catch((error: unknown) => {
		throw toNodeError(context.getNode(), error);
	});
}
