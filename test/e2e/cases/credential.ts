import { isN8n1 } from '../fixtures';
import type { Fixture } from '../fixtures';

async function testOf(fixture: Fixture, apiKey: string) {
	const { client } = fixture.testBed.n8n;
	const credential = await client.createCredential('To be tested', 'telnyxFaxApi', { apiKey });
	return await client.testCredential(credential);
}

/** What n8n says when a user tests the credential in its dialog. */
export function credentialCases(fixture: Fixture): void {
	// n8n 1 does not get to the messages that a credential has for an HTTP status.
	const words = (ours: string, ofN8n1: string) =>
		expect.stringContaining(isN8n1(fixture) ? ofN8n1 : ours);

	it('passes with a key that may read fax applications', async () => {
		const { standIn } = fixture.testBed;

		expect(await testOf(fixture, standIn.apiKey)).toMatchObject({ status: 'OK' });
		expect(standIn.requests).toMatchObject([
			{ method: 'GET', host: 'api.telnyx.com', path: '/v2/fax_applications', status: 200 },
		]);
	});

	it('says that Telnyx does not know a wrong key', async () => {
		expect(await testOf(fixture, 'KEY_FROM_NOWHERE')).toEqual({
			status: 'Error',
			message: words('does not know this API key', 'Authorization failed'),
		});
	});

	it('says that a known key lacks the permission', async () => {
		expect(await testOf(fixture, fixture.testBed.standIn.restrictedApiKey)).toEqual({
			status: 'Error',
			message: words('may not read fax applications', 'Forbidden'),
		});
	});
}
