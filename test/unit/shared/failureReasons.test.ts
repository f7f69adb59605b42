/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: reads the typings of Telnyx's SDK */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { explainFailure, failureReasons } from '../../../nodes/shared/failureReasons';
import { failureReasons as reasonsOfStandIn } from '../../standin';

/** What Telnyx's SDK says of the field `failure_reason` of a fax. */
function documentedReasons(): string[] {
	const sdk = dirname(require.resolve('telnyx'));
	const typings = readFileSync(join(sdk, 'resources/faxes/faxes.d.ts'), 'utf8');
	const comment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*failure_reason\?:/.exec(typings)?.[1] ?? '';
	const list = comment.split('Common values include:')[1] ?? '';
	return [...list.matchAll(/`([a-z0-9_]+)`/g)].map(([, reason]) => reason);
}

it("covers every reason that Telnyx's SDK documents", () => {
	const documented = documentedReasons();
	expect(documented.length).toBeGreaterThan(30);
	expect(documented.filter((reason) => !failureReasons.has(reason))).toEqual([]);
});

it('covers the reasons of events, support articles and old releases', () => {
	expect([...failureReasons.keys()].sort()).toEqual([...reasonsOfStandIn].sort());
});

it.each([...failureReasons])('says of %s what it means and what to do', (_name, reason) => {
	expect(reason.meaning).toMatch(/^[A-Z].{10,}[^.]$/);
	expect(reason.nextStep).toMatch(/^[A-Z].{7,}[^.]$/);
	expect(reason.retryAfterSecs !== null).toBe(reason.retry !== 'never');
});

it.each([
	['user_busy', true, 120],
	['receiver_no_answer', true, 120],
	['user_channel_limit_exceeded', true, 900],
	['destination_invalid', false, null],
	['account_disabled', false, null],
	['file_format_invalid', false, null],
	['receiver_decline', false, null],
	['rejected', false, null],
	['success', false, null],
])('%s: may be sent again %s, after %s seconds', (reason, retryable, retryAfterSecs) => {
	expect(explainFailure(reason, 'outbound')).toMatchObject({ reason, retryable, retryAfterSecs });
	expect(explainFailure(reason)).toMatchObject({ reason, retryable, retryAfterSecs });
});

it.each([...failureReasons.keys()])('%s of a received fax is never retryable', (reason) => {
	expect(explainFailure(reason, 'inbound')).toMatchObject({
		reason,
		retryable: false,
		retryAfterSecs: null,
	});
});

it.each(['brand_new_reason', '', '__proto__', 'constructor', 'toString', 'USER_BUSY'])(
	'passes the undocumented reason %j through, not retryable',
	(reason) => {
		expect(explainFailure(reason, 'outbound')).toEqual({
			reason,
			meaning: 'Telnyx gave a reason that is not documented',
			nextStep: 'Contact Telnyx support with the fax ID',
			retryable: false,
			retryAfterSecs: null,
		});
	},
);
