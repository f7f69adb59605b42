import type { IDataObject } from 'n8n-workflow';

import { faxResult } from '../../../../nodes/TelnyxFax/waiting/result';

const fax: IDataObject = {
	id: '0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
	direction: 'outbound',
	from: '+13125790015',
	to: '+13127367276',
	status: 'queued',
	created_at: '2026-05-31T08:00:00Z',
	updated_at: '2026-05-31T08:05:00Z',
	client_state: Buffer.from('patient-4711').toString('base64'),
};

const delivered = {
	payload: { status: 'delivered', page_count: 3, call_duration_secs: 40 },
	occurredAt: '2026-05-31T08:04:59.123456Z',
};

it('of a fax that is under way is not final and claims nothing', () => {
	expect(faxResult({ fax })).toEqual({
		id: fax.id,
		status: 'queued',
		final: false,
		direction: 'outbound',
		from: '+13125790015',
		to: '+13127367276',
		pages: null,
		failure: null,
		clientState: 'patient-4711',
		createdAt: '2026-05-31T08:00:00Z',
		callSeconds: null,
		retryable: false,
		finishedAt: null,
	});
});

it('of a delivered fax has pages, duration and time from its event', () => {
	expect(faxResult({ fax: { ...fax, status: 'delivered' }, event: delivered })).toMatchObject({
		status: 'delivered',
		final: true,
		pages: 3,
		callSeconds: 40,
		finishedAt: '2026-05-31T08:04:59.123456Z',
	});
});

it('takes the status of the final event where the fax still shows an older one', () => {
	expect(faxResult({ fax, event: delivered })).toMatchObject({ status: 'delivered', final: true });
});

it('of a delivered fax without its event has what the fax shows', () => {
	const known = { ...fax, status: 'delivered', page_count: 2 };
	expect(faxResult({ fax: known })).toMatchObject({
		pages: 2,
		callSeconds: null,
		finishedAt: '2026-05-31T08:05:00Z',
	});
	expect(faxResult({ fax: { ...known, updated_at: null } })).toMatchObject({ finishedAt: null });
});

it.each([
	[
		'from its event',
		{ fax, event: { payload: { status: 'failed', failure_reason: 'user_busy' } } },
	],
	['from the fax', { fax: { ...fax, status: 'failed', failure_reason: 'user_busy' } }],
])('of a failed fax explains the reason %s', (_where, knowledge) => {
	expect(faxResult(knowledge)).toMatchObject({
		status: 'failed',
		final: true,
		retryable: true,
		failure: { reason: 'user_busy', meaning: 'The line was busy', retryAfterSecs: 120 },
	});
});

it('of a failed fax without a reason is not retryable', () => {
	expect(faxResult({ fax: { ...fax, status: 'failed', failure_reason: null } })).toMatchObject({
		status: 'failed',
		failure: null,
		retryable: false,
	});
});

it('of a delivered fax shows no failure, even if Telnyx names one', () => {
	const odd = { ...fax, status: 'delivered', failure_reason: 'user_busy' };
	expect(faxResult({ fax: odd })).toMatchObject({ failure: null, retryable: false });
});
