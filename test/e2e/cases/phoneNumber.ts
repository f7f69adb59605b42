import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

/** The phone number operations, each from a workflow of the editor. */
export function phoneNumberCases(fixture: Fixture): void {
	it('gets the numbers of an application', async () => {
		const execution = await fixture.run('phone-number-get-many');

		expect(execution.output('Telnyx Fax')).toMatchObject([
			{
				json: { phoneNumber: known.number, faxApplicationId: known.applicationId },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('assigns a number to an application', async () => {
		const execution = await fixture.run('phone-number-assign');

		expect(execution.output('Telnyx Fax')).toMatchObject([
			{
				json: { id: known.freeNumberId, faxApplicationId: known.applicationId },
				pairedItem: { item: 0 },
			},
		]);
		const { phoneNumbers } = fixture.testBed.standIn;
		expect(phoneNumbers.get(known.freeNumberId)).toMatchObject({
			connection_id: known.applicationId,
		});
	});
}
