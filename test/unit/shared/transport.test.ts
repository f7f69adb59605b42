import type { IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { telnyxRequest } from '../../../nodes/shared/transport';
import type { TelnyxRequest } from '../../../nodes/shared/transport';
import { TelnyxFax } from '../../../nodes/TelnyxFax/TelnyxFax.node';
import { startTelnyx } from '../../support/telnyx';
import type { Telnyx } from '../../support/telnyx';

const listFaxes = { resource: 'fax', operation: 'getAll' };

/** What `telnyxRequest` throws where n8n's own request function does what `request` does. */
async function failureOf(
	telnyx: Telnyx,
	request: IExecuteFunctions['helpers']['httpRequestWithAuthentication'],
	more: Partial<TelnyxRequest> = {},
): Promise<unknown> {
	let failure: unknown;
	const node = new TelnyxFax();
	node.execute = async function (this: IExecuteFunctions) {
		this.helpers.httpRequestWithAuthentication = request;
		const sent = telnyxRequest(this, { method: 'POST', path: '/faxes', json: {}, ...more });
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

	it('was not sent, where n8n refused it', async () => {
		const refusal = new UserError('The host is blocked', { description: 'Ask the admin' });
		const failure = await failureOf(telnyx, async () => {
			throw new Error('The request failed', { cause: refusal });
		});
		expect(failure).toBe(refusal);
	});

	it('was not sent, where Node could not write it', async () => {
		const invalid = Object.assign(new TypeError('Invalid character in header content'), {
			code: 'ERR_INVALID_CHAR',
		});
		expect(await failureOf(telnyx, async () => await Promise.reject(invalid))).toMatchObject({
			outcome: 'notSent',
			nextStep: expect.stringContaining('API key'),
		});
	});

	it('was not sent, where its file could not be opened', async () => {
		const upload = async () => await Promise.reject(new Error('ENOENT: no such file'));
		const failure = await failureOf(telnyx, async () => ({}), { upload });
		expect(failure).toMatchObject({
			message: 'n8n could not prepare POST /faxes: ENOENT: no such file',
			outcome: 'notSent',
		});
	});

	it('may have been done by an earlier try, whatever the last one says', async () => {
		const coded = (code: string) => Object.assign(new Error(code), { code });
		const codes = ['ECONNRESET', 'ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'];
		const failure = await failureOf(
			telnyx,
			async () => await Promise.reject(coded(codes.shift() ?? '')),
			{ method: 'PATCH' },
		);
		expect(codes).toEqual([]);
		expect(failure).toMatchObject({ outcome: 'unknown' });
	});

	it('may have been sent, where the answer has no status', async () => {
		expect(await failureOf(telnyx, async () => ({ body: {} }))).toMatchObject({
			outcome: 'unknown',
		});
	});
});
