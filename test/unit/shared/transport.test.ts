import type { IExecuteFunctions } from 'n8n-workflow';

import { telnyxRequest } from '../../../nodes/shared/transport';
import { TelnyxFax } from '../../../nodes/TelnyxFax/TelnyxFax.node';
import { startTelnyx } from '../../support/telnyx';
import type { Telnyx } from '../../support/telnyx';

const listFaxes = { resource: 'fax', operation: 'getAll' };

/** What `telnyxRequest` throws where n8n's own request function does what `request` does. */
async function failureOf(
	telnyx: Telnyx,
	request: IExecuteFunctions['helpers']['httpRequestWithAuthentication'],
): Promise<unknown> {
	let failure: unknown;
	const node = new TelnyxFax();
	node.execute = async function (this: IExecuteFunctions) {
		this.helpers.httpRequestWithAuthentication = request;
		const sent = telnyxRequest(this, { method: 'POST', path: '/faxes', json: {} });
		failure = await sent.catch((error: unknown) => error);
		return [[]];
	};
	await telnyx.createEngine([node]).runNode({ parameters: listFaxes });
	return failure;
}

describe('a request that n8n could not complete', () => {
	let telnyx: Telnyx;

	beforeAll(async () => {
		telnyx = await startTelnyx();
	});

	afterAll(async () => await telnyx.close());

	it('may have been sent, where the error does not tell', async () => {
		const failure = await failureOf(telnyx, async () => {
			throw new Error('something odd');
		});
		expect(failure).toMatchObject({
			message: 'n8n could not complete POST /faxes: something odd',
			outcome: 'unknown',
			nextStep: expect.stringContaining('log of n8n'),
		});
	});

	it('may have been sent, where the answer has no status', async () => {
		expect(await failureOf(telnyx, async () => ({ body: {} }))).toMatchObject({
			outcome: 'unknown',
		});
	});
});
