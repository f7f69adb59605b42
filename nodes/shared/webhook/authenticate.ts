import type { IWebhookFunctions } from 'n8n-workflow';

import type { Refusal, SignedDelivery } from './signature';
import { isSignedBy, readDelivery } from './signature';
import { renewedSigningKeys, signingKeys } from './signingKeys';
import { warnRarely } from './warnings';

/** The answer to a delivery that starts nothing. */
export interface Answer {
	status: number;
	message: string;
}

type Authenticated =
	{ rawBody: Buffer; refusal?: undefined } | { rawBody?: undefined; refusal: Answer };

function refused(context: IWebhookFunctions, reason: Refusal): Authenticated {
	warnRarely(context, reason, `Telnyx Fax refused a webhook that Telnyx did not sign: ${reason}`);
	return { refusal: { status: 401, message: `Unauthorized: ${reason}` } };
}

/** Undefined where no key can be had at the moment. */
async function isGenuine(
	context: IWebhookFunctions,
	delivery: SignedDelivery,
): Promise<boolean | undefined> {
	const keys = await signingKeys(context).catch((error: unknown) => {
		warnRarely(
			context,
			'no key',
			`Telnyx Fax cannot verify events, and Telnyx will repeat them later: ${String(error)}`,
		);
		return undefined;
	});
	if (keys === undefined) return undefined;
	if (isSignedBy(keys, delivery)) return true;
	// Telnyx may have rotated its key. Where that cannot be found out, the signature stays unknown.
	const renewed = await renewedSigningKeys(context).catch(() => undefined);
	return renewed !== undefined && isSignedBy(renewed, delivery);
}

/** Tells whether a request to the trigger's URL comes from Telnyx; its body, if so. */
export async function authenticate(context: IWebhookFunctions): Promise<Authenticated> {
	const headers = context.getHeaderData();
	const { rawBody } = context.getRequestObject();
	const delivery = readDelivery(
		{
			timestamp: headers['telnyx-timestamp'],
			signature: headers['telnyx-signature-ed25519'],
			rawBody,
		},
		Date.now(),
	);
	if (typeof delivery === 'string') return refused(context, delivery);
	const genuine = await isGenuine(context, delivery);
	if (genuine === undefined) {
		return { refusal: { status: 503, message: 'The signature cannot be verified at the moment' } };
	}
	return genuine ? { rawBody } : refused(context, 'wrong signature');
}
