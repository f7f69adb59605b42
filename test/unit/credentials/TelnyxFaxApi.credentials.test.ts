import { TelnyxFaxApi } from '../../../credentials/TelnyxFaxApi.credentials';

const { test, properties, name } = new TelnyxFaxApi();

it('hides the API key', () => {
	expect(name).toBe('telnyxFaxApi');
	expect(properties.find((property) => property.name === 'apiKey')).toMatchObject({
		required: true,
		typeOptions: { password: true },
	});
});

it('is tested with a request that every key for fax may make', () => {
	expect(test.request).toEqual({
		baseURL: 'https://api.telnyx.com/v2',
		url: '/fax_applications',
		qs: { 'page[size]': 1 },
	});
});

it('says different things of a key that is unknown and one that may not fax', () => {
	const messages = (test.rules ?? []).map(({ properties: rule }) => [
		'value' in rule ? rule.value : undefined,
		rule.message,
	]);
	expect(messages).toEqual([
		[401, expect.stringContaining('does not know this API key')],
		[403, expect.stringContaining('may not read fax applications')],
	]);
});
