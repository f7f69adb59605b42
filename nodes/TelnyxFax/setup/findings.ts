import type { IDataObject } from 'n8n-workflow';

import { isPrivateHost } from '../../shared/webhook/reachability';
import { explainFailure } from '../../shared/failureReasons';
import { objectAt, stringAt } from '../../shared/json';

/** One thing that was looked at: what was found, and what to do about it. */
export interface Finding {
	check: string;
	status: 'ok' | 'warning' | 'problem';
	finding: string;
	/** Empty where nothing is to be done. */
	nextStep: string;
}

export function ok(check: string, finding: string): Finding {
	return { check, status: 'ok', finding, nextStep: '' };
}

export function warning(check: string, finding: string, nextStep: string): Finding {
	return { check, status: 'warning', finding, nextStep };
}

export function problem(check: string, finding: string, nextStep: string): Finding {
	return { check, status: 'problem', finding, nextStep };
}

/** Where no application is chosen, and the account has none or several. */
export function noApplication(count: number): Finding {
	const check = 'Fax application';
	return count === 0
		? problem(
				check,
				'The account has none',
				'Create one with the operation Create of the resource Fax Application',
			)
		: problem(
				check,
				'The account has several, and none is chosen',
				'Choose one in the parameter Fax Application',
			);
}

/** Whether the application is switched on. */
export function checkActive(application: IDataObject): Finding {
	const name = String(application.application_name);
	return application.active === false
		? problem(
				'Fax application',
				`"${name}" is not active`,
				'Activate it with the operation Update of the resource Fax Application, or in the Telnyx portal',
			)
		: ok('Fax application', `"${name}" is active`);
}

/** Whether the application may send: only with an enabled outbound voice profile. */
export function checkVoiceProfile(application: IDataObject, profiles: IDataObject[]): Finding {
	const check = 'Outbound voice profile';
	const id = stringAt(objectAt(application, 'outbound'), 'outbound_voice_profile_id');
	if (id === undefined) {
		return problem(
			check,
			'The application has none, so it can receive but not send faxes',
			'Create an outbound voice profile in the Telnyx portal, and set it with the operation Update under Outbound',
		);
	}
	const profile = profiles.find((row) => row.id === id);
	if (profile === undefined) {
		return warning(
			check,
			`The account does not list the profile ${id} of the application`,
			'Check the outbound voice profile of the application in the Telnyx portal',
		);
	}
	if (profile.enabled === false) {
		return problem(
			check,
			`"${String(profile.name)}" is disabled`,
			'Enable the outbound voice profile in the Telnyx portal',
		);
	}
	const countries = Array.isArray(profile.whitelisted_destinations)
		? profile.whitelisted_destinations.join(', ')
		: 'not known';
	return ok(
		check,
		`"${String(profile.name)}" is enabled. Countries that may be faxed: ${countries}`,
	);
}

/** Whether the account's number is ready and belongs to the application. */
export function checkNumber(
	wanted: string,
	applicationId: string,
	numbers: IDataObject[],
): Finding {
	const check = 'Phone number';
	const number = numbers.find((row) => row.phone_number === wanted);
	if (number === undefined) {
		return problem(
			check,
			`${wanted} does not belong to this Telnyx account`,
			'Check the number, or buy it in the Telnyx portal',
		);
	}
	if (number.status !== 'active') {
		return problem(
			check,
			`${wanted} is not active but "${String(number.status)}"`,
			'See in the Telnyx portal what the number still needs',
		);
	}
	if (number.connection_id !== applicationId) {
		return problem(
			check,
			`${wanted} is not assigned to this fax application`,
			'Assign it with the operation Assign to Fax Application of the resource Phone Number',
		);
	}
	return ok(check, `${wanted} is active and assigned to this fax application`);
}

/** Whether the application has any number to send from and receive on. */
export function checkNumbers(numbers: IDataObject[]): Finding {
	const check = 'Phone number';
	const active = numbers.filter((row) => row.status === 'active');
	if (active.length === 0) {
		return problem(
			check,
			'No active number is assigned to this fax application',
			'Assign one with the operation Assign to Fax Application of the resource Phone Number',
		);
	}
	const shown = active.slice(0, 5).map((row) => String(row.phone_number));
	return ok(
		check,
		`Assigned to this fax application: ${shown.join(', ')}${active.length > 5 ? ', ...' : ''}`,
	);
}

/**
 * Where the application's events go.
 *
 * @param ownUrl any webhook URL of this n8n
 */
export function checkWebhookUrl(application: IDataObject, ownUrl: string): Finding {
	const check = 'Webhook URL';
	const text = stringAt(application, 'webhook_event_url') ?? '';
	if (!URL.canParse(text)) {
		return problem(
			check,
			'The application has no valid webhook URL, so no events are sent',
			'Publish a workflow with a Telnyx Fax Trigger, which sets it',
		);
	}
	const url = new URL(text);
	if (isPrivateHost(url.hostname)) {
		return problem(
			check,
			`Telnyx cannot reach ${text}`,
			'Set N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) of n8n to its public address, and unpublish and publish the workflow of the trigger',
		);
	}
	if (!URL.canParse(ownUrl) || url.host !== new URL(ownUrl).host) {
		return warning(
			check,
			`Events go to ${text}, which is not this n8n`,
			'If a trigger of this n8n shall get them, publish its workflow: it takes the URL over and gives it back later',
		);
	}
	if (url.pathname.includes('/webhook-test/')) {
		return warning(
			check,
			`Events go to a test URL of this n8n: ${text}`,
			'If no test run is going on, unpublish and publish the workflow of the trigger',
		);
	}
	return ok(check, `Events go to this n8n: ${text}`);
}

/** Whether Telnyx can reach this n8n, which the trigger and Send and Wait for Result need. */
export function checkOwnUrl(ownUrl: string): Finding {
	const check = 'Address of this n8n';
	const host = URL.canParse(ownUrl) ? new URL(ownUrl).hostname : '';
	return isPrivateHost(host)
		? problem(
				check,
				`Telnyx cannot reach this n8n at "${host}": Send works, but the trigger and Send and Wait for Result do not`,
				'Set the environment variable N8N_WEBHOOK_URL (WEBHOOK_URL in older versions) of n8n to its public address',
			)
		: ok(check, `Events can come to ${host}`);
}

/** What failed lately, most frequent reason first. */
export function checkFailures(faxes: IDataObject[]): Finding[] {
	const check = 'Recent faxes';
	const counts = new Map<string, number>();
	for (const fax of faxes) {
		const reason = stringAt(fax, 'failure_reason');
		if (fax.status !== 'failed') continue;
		counts.set(reason ?? '', (counts.get(reason ?? '') ?? 0) + 1);
	}
	if (faxes.length === 0) return [ok(check, 'This application has no faxes among the latest')];
	if (counts.size === 0) {
		return [ok(check, `None of the last ${faxes.length} faxes of this application failed`)];
	}
	return [...counts]
		.sort(([, one], [, other]) => other - one)
		.map(([reason, count]) => {
			const { meaning, nextStep } = explainFailure(reason);
			const what =
				reason === '' ? 'for a reason that Telnyx does not name' : `with ${reason}: ${meaning}`;
			return warning(check, `${count} of the last ${faxes.length} failed ${what}`, nextStep);
		});
}
