export const failureReasons = [
	'user_busy',
	'receiver_no_answer',
	'receiver_no_response',
	'fax_initial_communication_timeout',
	'fax_signaling_error',
	'invalid_ecm_response_from_receiver',
	'receiver_call_dropped',
	'receiver_communication_error',
	'receiver_recovery_on_timer_expire',
	'destination_unreachable',
	'destination_invalid',
	'receiver_decline',
	'receiver_incompatible_destination',
	'receiver_invalid_number_format',
	'receiver_unallocated_number',
	'file_size_limit_exceeded',
	'page_count_limit_exceeded',
	'file_download_failed',
	'file_format_invalid',
	'media_processing_exception',
	'destination_not_in_countries_whitelist',
	'destination_not_in_service_plan',
	'no_outbound_profile',
	'outbound_profile_channel_limit_exceeded',
	'connection_channel_limit_exceeded',
	'user_channel_limit_exceeded',
	'outbound_profile_daily_spend_limit_exceeded',
	'account_disabled',
	'unverified_origination_number',
	'unverified_destination_not_allowed',
	'service_unavailable',
	'carrier_lost',
	'sender_call_dropped',
	'sender_canceled',
	'sender_communication_error',
	'success',
	'received',
	'rejected',
] as const;

export type FailureReason = (typeof failureReasons)[number];

function numberFor(index: number): string {
	return `+1555010${String(1000 + index)}`;
}

function byReason<T>(value: (reason: FailureReason) => T): Record<FailureReason, T> {
	const entries = failureReasons.map((reason) => [reason, value(reason)] as const);
	return Object.fromEntries(entries) as Record<FailureReason, T>;
}

/** A destination for every failure reason: a fax to it always fails with that reason. */
export const magicNumbers: Record<FailureReason, string> = byReason((reason) =>
	numberFor(failureReasons.indexOf(reason)),
);

const reasonByNumber = new Map<string, FailureReason>(
	failureReasons.map((reason) => [magicNumbers[reason], reason]),
);

/** The reason a destination always fails with, if it is a magic one. */
export function reasonOf(to: string): FailureReason | undefined {
	return reasonByNumber.get(to);
}

const BUSY_FIRST = /^\+15550190(\d{3})$/;

/**
 * A destination that is busy the first `times` faxes (0 to 999) sent to it and takes the next.
 */
export function busyFirst(times: number): string {
	return `+15550190${String(times).padStart(3, '0')}`;
}

/** How many faxes a destination refuses as busy before it takes one; 0 for ordinary numbers. */
export function busyCountOf(to: string): number {
	const match = BUSY_FIRST.exec(to);
	return match ? Number(match[1]) : 0;
}
