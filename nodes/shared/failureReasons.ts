/** Whether the same fax may be sent again: soon, after a long pause, or only once something changed. */
export type Retry = 'now' | 'later' | 'never';

export interface FailureReason {
	meaning: string;
	nextStep: string;
	class: 'account' | 'busy' | 'destination' | 'document' | 'line' | 'telnyx' | 'unknown';
	retry: Retry;
	/** Suggested pause before the next try, in seconds; null where there should be none. */
	retryAfterSecs: number | null;
}

export interface Failure {
	reason: string;
	meaning: string;
	nextStep: string;
	retryable: boolean;
	retryAfterSecs: number | null;
}

const pauseSecs: Record<Retry, number | null> = { now: 120, later: 900, never: null };

function reason(
	failureClass: FailureReason['class'],
	retry: Retry,
	meaning: string,
	nextStep: string,
): FailureReason {
	return { meaning, nextStep, class: failureClass, retry, retryAfterSecs: pauseSecs[retry] };
}

const askForResend = 'Ask the sender to send it again';

// Telnyx's list is open; meanings follow its fax error list (support article 4967498) where it has one.
const reasons = new Map<string, FailureReason>([
	[
		'user_busy',
		reason('busy', 'now', 'The line was busy', 'Try again in a few minutes, or at off-peak hours'),
	],
	[
		'receiver_no_answer',
		reason(
			'busy',
			'now',
			'Nobody answered',
			'Try again, and ask the recipient whether the fax machine is on',
		),
	],
	[
		'receiver_no_response',
		reason(
			'busy',
			'now',
			'The other end did not ring or connect in time',
			'Try again, and check the number',
		),
	],
	[
		'fax_initial_communication_timeout',
		reason(
			'line',
			'now',
			'The call connected, but no fax machine answered',
			'Try again, and call the number by phone to hear whether it is a fax line',
		),
	],
	[
		'fax_signaling_error',
		reason(
			'line',
			'now',
			'The two fax machines could not agree on how to transmit',
			'Try again with a lower quality or with T.38 switched off; for a received fax ask the sender to send it again',
		),
	],
	[
		'invalid_ecm_response_from_receiver',
		reason(
			'line',
			'now',
			'The receiving machine gave a bad answer during error correction',
			'Try again, or switch T.38 the other way',
		),
	],
	[
		'receiver_call_dropped',
		reason('line', 'now', 'The call ended too early', 'Try again, and split a long document'),
	],
	[
		'receiver_communication_error',
		reason(
			'line',
			'now',
			'The call failed or could not be routed',
			'Try again; if it keeps failing, contact Telnyx support with the fax ID',
		),
	],
	[
		'receiver_recovery_on_timer_expire',
		reason('line', 'now', 'The other end or a carrier did not answer in time', 'Try again'),
	],
	[
		'destination_unreachable',
		reason(
			'destination',
			'now',
			'There was no route to the number',
			'Try again once or twice, then check the number',
		),
	],
	[
		'destination_invalid',
		reason(
			'destination',
			'never',
			'The number is not valid as a destination',
			'Correct the number',
		),
	],
	[
		'receiver_decline',
		reason(
			'destination',
			'never',
			'The other end refused the call',
			'Ask the recipient to accept faxes from your number',
		),
	],
	[
		'receiver_incompatible_destination',
		reason(
			'destination',
			'never',
			'The other end cannot take this type of call',
			'Use another number of the recipient',
		),
	],
	[
		'receiver_invalid_number_format',
		reason(
			'destination',
			'never',
			'The number is not in E.164 format',
			'Write the number with a plus sign and the country code, e.g. +13125550001',
		),
	],
	[
		'receiver_unallocated_number',
		reason(
			'destination',
			'never',
			'The number is assigned to nobody',
			'Get the right number from the recipient',
		),
	],
	[
		'file_size_limit_exceeded',
		reason(
			'document',
			'never',
			'The document is larger than 50 MB',
			'Make the document smaller, or split it',
		),
	],
	[
		'page_count_limit_exceeded',
		reason('document', 'never', 'The document has more than 350 pages', 'Split the document'),
	],
	[
		'file_download_failed',
		reason(
			'document',
			'never',
			'Telnyx could not fetch the document from its URL',
			'Use a direct public link that does not redirect, or send the file itself as binary data',
		),
	],
	[
		'file_format_invalid',
		reason(
			'document',
			'never',
			'The document is damaged or of a type that cannot be faxed',
			'Send a valid PDF, TIFF, JPEG, PNG, DOC, DOCX, RTF or TXT file',
		),
	],
	[
		'media_processing_exception',
		reason(
			'document',
			'now',
			'The document could not be converted',
			'Try again once, then save the document as a plain PDF',
		),
	],
	[
		'destination_not_in_countries_whitelist',
		reason(
			'account',
			'never',
			'The destination country is not allowed in the outbound voice profile',
			'Add the country to the outbound voice profile in the Telnyx portal',
		),
	],
	[
		'destination_not_in_service_plan',
		reason(
			'account',
			'never',
			'The service plan does not cover the destination',
			'Change the outbound voice profile, or ask Telnyx',
		),
	],
	[
		'no_outbound_profile',
		reason(
			'account',
			'never',
			'The fax application has no outbound voice profile',
			'Assign an outbound voice profile to the fax application',
		),
	],
	[
		'outbound_profile_channel_limit_exceeded',
		reason(
			'account',
			'later',
			'Too many calls at once on the outbound voice profile',
			'Send more slowly, or raise the channel limit of the profile',
		),
	],
	[
		'connection_channel_limit_exceeded',
		reason(
			'account',
			'later',
			'Too many calls at once on the fax application',
			'Send more slowly, or raise the channel limit of the fax application',
		),
	],
	[
		'user_channel_limit_exceeded',
		reason(
			'account',
			'later',
			'Too many calls at once on the Telnyx account',
			'Send more slowly, or verify the account to get more channels',
		),
	],
	[
		'outbound_profile_daily_spend_limit_exceeded',
		reason(
			'account',
			'never',
			'The daily budget of the outbound voice profile is used up',
			'Raise the daily spend limit, or send on the next day',
		),
	],
	[
		'account_disabled',
		reason(
			'account',
			'never',
			'The Telnyx account is blocked',
			'Check billing in the Telnyx portal, or contact Telnyx',
		),
	],
	[
		'unverified_origination_number',
		reason(
			'account',
			'never',
			'The sending number is not verified',
			'Verify the number with Telnyx, or send from a Telnyx number',
		),
	],
	[
		'unverified_destination_not_allowed',
		reason(
			'account',
			'never',
			'The account may only send to verified numbers',
			'Verify the destination or the Telnyx account',
		),
	],
	[
		'service_unavailable',
		reason(
			'telnyx',
			'now',
			'Telnyx had an internal problem',
			'Try again; if it keeps failing, check status.telnyx.com',
		),
	],
	[
		'carrier_lost',
		reason('line', 'never', 'The carrier connection was lost while receiving', askForResend),
	],
	[
		'sender_call_dropped',
		reason('line', 'never', 'The call of the sender ended too early', askForResend),
	],
	['sender_canceled', reason('line', 'never', 'The sender stopped before the end', askForResend)],
	[
		'sender_communication_error',
		reason('line', 'never', 'The call failed on the side of the sender', askForResend),
	],
	[
		'success',
		reason(
			'telnyx',
			'never',
			'Telnyx reports a failure without a cause',
			'Check with the recipient what arrived, and contact Telnyx support with the fax ID',
		),
	],
	[
		'received',
		reason(
			'telnyx',
			'never',
			'Telnyx reports a failure without a cause',
			'Check the fax, and contact Telnyx support with the fax ID',
		),
	],
	[
		'rejected',
		reason(
			'destination',
			'never',
			'The fax was rejected',
			'Check the number and the Telnyx account',
		),
	],
]);

/** Every failure reason that Telnyx documents. */
export const failureReasons: ReadonlyMap<string, FailureReason> = reasons;

/**
 * What a `failure_reason` means for the person who has to act on it. Reasons that Telnyx does not
 * document pass through, not retryable. Telnyx cannot redial a fax that it was receiving, so
 * nothing inbound is retryable.
 */
export function explainFailure(failureReason: string, direction?: string): Failure {
	const known = reasons.get(failureReason);
	const retry = direction === 'inbound' ? 'never' : (known?.retry ?? 'never');
	return {
		reason: failureReason,
		meaning: known?.meaning ?? 'Telnyx gave a reason that is not documented',
		nextStep: known?.nextStep ?? 'Contact Telnyx support with the fax ID',
		retryable: retry !== 'never',
		retryAfterSecs: pauseSecs[retry],
	};
}
