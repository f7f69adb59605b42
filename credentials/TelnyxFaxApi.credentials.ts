import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

// n8n's credential names are global, and `telnyxApi` belongs to Telnyx's own AI package.
export class TelnyxFaxApi implements ICredentialType {
	name = 'telnyxFaxApi';

	displayName = 'Telnyx Fax API';

	documentationUrl = 'https://developers.telnyx.com/docs/programmable-fax/get-started';

	icon: Icon = { light: 'file:../icons/telnyxFax.svg', dark: 'file:../icons/telnyxFax.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. KEY0123456789ABCDEF',
			description:
				'An API v2 key from the Telnyx portal, under Account Settings > Keys &amp; Credentials > API Keys',
		},
		{
			displayName: 'Public Key',
			name: 'publicKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. iGtB96aTJO4SmJPzRPqW20Zc10AWCiN8OQLE5Tg330U=',
			description:
				'Leave empty: the trigger asks Telnyx for the key that signs its webhooks. Only if it says that it cannot, paste the key from Account Settings > Keys &amp; Credentials > Public Key. Several keys are separated by commas.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				// A key pasted with spaces or a line break would otherwise make an invalid header.
				Authorization: '=Bearer {{ $credentials.apiKey.trim() }}',
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: 'https://api.telnyx.com/v2',
			url: '/fax_applications',
			qs: { 'page[size]': 1 },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Telnyx does not know this API key. Copy it again from the Telnyx portal (Account Settings > Keys & Credentials > API Keys), or create a new one.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API key is valid, but it may not read fax applications. Give the key that permission in the Telnyx portal, or use another key.',
				},
			},
		],
	};
}
