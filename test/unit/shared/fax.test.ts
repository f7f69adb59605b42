import { isFinal, simplifyFax } from '../../../nodes/shared/fax';
import { encodeOwnReference, encodeReference } from '../../../nodes/shared/reference';

it.each([
	['delivered', true],
	['failed', true],
	['received', true],
	['queued', false],
	['media.processed', false],
	['originated', false],
	['sending', false],
	['initiated', false],
	['receiving', false],
	['media.processing', false],
	['something new', false],
	['', false],
	[undefined, false],
	[null, false],
	['constructor', false],
])('a fax of status %s is final: %s', (status, expected) => {
	expect(isFinal(status)).toBe(expected);
});

const delivered = {
	record_type: 'fax',
	id: '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
	connection_id: '1293384261075731499',
	direction: 'outbound',
	from: '+13125790015',
	to: '+13127367276',
	status: 'delivered',
	quality: 'high',
	page_count: 2,
	client_state: encodeReference('{"patient":4711}'),
	created_at: '2026-05-31T08:00:00Z',
};

it('shows a fax in ten fields', () => {
	expect(simplifyFax(delivered)).toEqual({
		id: '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
		status: 'delivered',
		final: true,
		direction: 'outbound',
		from: '+13125790015',
		to: '+13127367276',
		pages: 2,
		failure: null,
		clientState: { patient: 4711 },
		createdAt: '2026-05-31T08:00:00Z',
	});
});

it('says nothing of a reference that the node made for itself', () => {
	const fax = { ...delivered, client_state: encodeOwnReference('1') };
	expect(simplifyFax(fax)).toMatchObject({ clientState: null });
});

it('explains why a sent fax failed, and that it may be sent again', () => {
	const fax = { ...delivered, status: 'failed', failure_reason: 'user_busy' };
	expect(simplifyFax(fax)).toMatchObject({
		final: true,
		failure: { reason: 'user_busy', retryable: true, retryAfterSecs: 120 },
	});
});

it('calls no failed reception retryable', () => {
	const fax = { ...delivered, direction: 'inbound', status: 'failed', failure_reason: 'user_busy' };
	expect(simplifyFax(fax)).toMatchObject({
		failure: { reason: 'user_busy', retryable: false, retryAfterSecs: null },
	});
});

it('makes do with a fax of which Telnyx says little', () => {
	expect(simplifyFax({ id: 'a', page_count: 'two', failure_reason: null })).toEqual({
		id: 'a',
		status: undefined,
		final: false,
		direction: null,
		from: undefined,
		to: undefined,
		pages: null,
		failure: null,
		clientState: null,
		createdAt: undefined,
	});
});
