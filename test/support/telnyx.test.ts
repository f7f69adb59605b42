import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { startTelnyx } from './telnyx';
import type { Telnyx } from './telnyx';

const request: INodeType = {
	description: {
		name: 'request',
		displayName: 'Request',
		description: '',
		group: ['transform'],
		version: 1,
		defaults: { name: 'Request' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'telnyxFaxApi', required: true }],
		properties: [],
	},
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
			this,
			'telnyxFaxApi',
			{ url: 'https://api.telnyx.com/v2/fax_applications', qs: { 'page[size]': 1 } },
		);
		return [[{ json: { answer: JSON.stringify(answer) } }]];
	},
};

let telnyx: Telnyx;

beforeAll(async () => {
	telnyx = await startTelnyx();
});

afterAll(async () => await telnyx.close());

beforeEach(() => telnyx.standIn.reset());

it('sends what a node asks of api.telnyx.com to the stand-in, signed by the credential', async () => {
	const { standIn } = telnyx;
	const { items } = await telnyx.createEngine([request]).runNode();
	expect(String(items[0]?.json.answer)).toContain('application_name');
	expect(standIn.requests).toMatchObject([
		{
			method: 'GET',
			host: 'api.telnyx.com',
			path: '/v2/fax_applications',
			headers: { authorization: `Bearer ${standIn.apiKey}` },
			status: 200,
		},
	]);
});

it('reports the refusal of a wrong API key as the error of the node', async () => {
	const { status, error } = await telnyx
		.createEngine([request], { credential: { apiKey: 'wrong' } })
		.runNode();
	expect(status).toBe('error');
	expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '401' });
});
