import type { StandIn } from '../standin';

/** What the workflows of the bench refer to. */
export const account = {
	applicationId: '2801234567890123456',
	number: '+13125790100',
	documentUrl: 'https://files.example.com/referral.pdf',
};

/** A fresh account on the stand-in that holds what the workflows refer to. */
export function resetAccount(standIn: StandIn): void {
	standIn.reset();
	standIn.addApplication({ id: account.applicationId });
	standIn.addPhoneNumber({
		phone_number: account.number,
		connection_id: account.applicationId,
	});
}
