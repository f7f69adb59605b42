import type { IDataObject } from 'n8n-workflow';

import type { Attempt } from '../../../../nodes/TelnyxFax/sending/ledger';
import { likeness, pickSentFax } from '../../../../nodes/TelnyxFax/sending/lookup';
import { encodeOwnReference, encodeReference } from '../../../../nodes/shared/reference';

const sentAt = Date.parse('2026-05-31T08:00:00Z');

const iso = (ms: number) => new Date(ms).toISOString();

function attempt(
	body: Partial<Attempt['body']> = {},
	{ at = sentAt, ...rest }: Partial<Attempt> = {},
): Attempt {
	return {
		at,
		body: { connection_id: '1', from: '+13125790015', to: '+13127367276', ...body },
		document: '',
		unique: false,
		...rest,
	};
}

function fax(id: string, fields: IDataObject = {}): IDataObject {
	return {
		id,
		direction: 'outbound',
		connection_id: '1',
		from: '+13125790015',
		to: '+13127367276',
		created_at: iso(sentAt + 500),
		...fields,
	};
}

const pick = (
	faxes: IDataObject[],
	wanted: Attempt,
	{
		claimed = [],
		open = [wanted],
		skewMs = 0,
	}: { claimed?: string[]; open?: Attempt[]; skewMs?: number } = {},
) => pickSentFax(faxes, wanted, new Set(claimed), open, skewMs)?.id;

describe('a fax with a reference of the node', () => {
	const own = encodeOwnReference('abc');
	const wanted = attempt({ client_state: own }, { unique: true });

	it('is found by the reference alone', () => {
		const other = fax('b', { client_state: encodeOwnReference('def') });
		const faxes = [other, fax('a', { client_state: own, created_at: 'unreadable' }), fax('c')];
		expect(pick(faxes, wanted)).toBe('a');
	});

	it('is not found where no fax has the reference', () => {
		expect(pick([fax('a'), fax('b', { client_state: 'x' })], wanted)).toBeUndefined();
		expect(pick([], wanted)).toBeUndefined();
	});

	it('is not found where two faxes have it', () => {
		const faxes = [fax('a', { client_state: own }), fax('b', { client_state: own })];
		expect(pick(faxes, wanted)).toBeUndefined();
	});
});

describe('a fax whose document the node has stored under a name of its own', () => {
	const reference = encodeReference('patient-4711');
	const wanted = attempt({ client_state: reference, media_name: 'n8n-fax-2' }, { unique: true });

	it('is told by that name from an earlier fax with the same reference of the user', () => {
		const earlier = fax('a', { client_state: reference, media_name: 'n8n-fax-1' });
		expect(pick([earlier], wanted)).toBeUndefined();
		const own = fax('b', { client_state: reference, media_name: 'n8n-fax-2' });
		expect(pick([earlier, own], wanted)).toBe('b');
	});
});

describe('a fax without a reference of the node', () => {
	it('is found where exactly one fits', () => {
		expect(pick([fax('a')], attempt())).toBe('a');
	});

	it.each([
		['of another application', { connection_id: '2' }],
		['from another number', { from: '+17733372107' }],
		['to another number', { to: '+13125550001' }],
		['that was received', { direction: 'inbound' }],
		['with a reference', { client_state: encodeReference('x') }],
		['that is older', { created_at: iso(sentAt - 3000) }],
		['without a time', { created_at: undefined }],
		['with an unreadable time', { created_at: 'soon' }],
	])('is not taken for one %s', (_what, fields) => {
		expect(pick([fax('a', fields)], attempt())).toBeUndefined();
	});

	it('is told by its document where that is a link or stored media', () => {
		const url = attempt({ media_url: 'https://example.com/a.pdf' });
		const faxes = [
			fax('a', { media_url: 'https://example.com/b.pdf' }),
			fax('b', { media_url: 'https://example.com/a.pdf' }),
		];
		expect(pick(faxes, url)).toBe('b');
		expect(pick([fax('c', { media_name: 'x' })], attempt({ media_name: 'y' }))).toBeUndefined();
	});

	it('is told by the reference of the user', () => {
		const state = encodeReference('patient-4711');
		const faxes = [fax('a'), fax('b', { client_state: state })];
		expect(pick(faxes, attempt({ client_state: state }))).toBe('b');
	});

	it('may bear a time up to two seconds early, since Telnyx shows whole seconds', () => {
		expect(pick([fax('a', { created_at: iso(sentAt - 2000) })], attempt())).toBe('a');
		expect(pick([fax('a', { created_at: iso(sentAt - 2001) })], attempt())).toBeUndefined();
	});

	it.each([3_600_000, -3_600_000])('is found though the clocks are %i ms apart', (skewMs) => {
		const faxes = [fax('a', { created_at: iso(sentAt + skewMs + 500) })];
		expect(pick(faxes, attempt(), { skewMs })).toBe('a');
		const older = [fax('a', { created_at: iso(sentAt + skewMs - 3000) })];
		expect(pick(older, attempt(), { skewMs })).toBeUndefined();
	});

	it('is never one that belongs to another item', () => {
		expect(pick([fax('a')], attempt(), { claimed: ['a'] })).toBeUndefined();
		expect(pick([fax('a'), fax('b')], attempt(), { claimed: ['a'] })).toBe('b');
	});

	it('is not picked at random among several', () => {
		expect(pick([fax('a'), fax('b')], attempt())).toBeUndefined();
	});
});

describe('several faxes that look the same', () => {
	const first = attempt({}, { at: sentAt, document: 'a.pdf 10' });
	const second = attempt({}, { at: sentAt + 1000, document: 'a.pdf 10' });
	const faxes = [
		fax('late', { created_at: iso(sentAt + 1500) }),
		fax('early', { created_at: iso(sentAt + 400) }),
	];

	it('are told apart by their order where all are there and carry the same document', () => {
		expect(pick(faxes, first, { open: [first, second] })).toBe('early');
		expect(pick(faxes, second, { open: [first, second] })).toBe('late');
	});

	it('are not told apart where one is missing', () => {
		const [only] = faxes;
		expect(pick([only], first, { open: [first, second] })).toBeUndefined();
		expect(pick([only], second, { open: [first, second] })).toBeUndefined();
	});

	it('are not told apart where there is one too many', () => {
		const more = [...faxes, fax('foreign', { created_at: iso(sentAt + 900) })];
		expect(pick(more, first, { open: [first, second] })).toBeUndefined();
	});

	it('are not told apart where their documents differ', () => {
		const other = { ...second, document: 'b.pdf 20' };
		expect(pick(faxes, first, { open: [first, other] })).toBeUndefined();
		expect(pick(faxes, other, { open: [first, other] })).toBeUndefined();
	});

	it('do not stand in the way of one that looks different', () => {
		const different = attempt({ to: '+13125550001' });
		const all = [...faxes, fax('c', { to: '+13125550001' })];
		expect(pick(all, different, { open: [first, different, second] })).toBe('c');
	});
});

it('takes two attempts for alike whatever their time and document', () => {
	expect(likeness(attempt({}, { at: 1, document: 'a' }))).toBe(
		likeness(attempt({}, { at: 2, document: 'b' })),
	);
	expect(likeness(attempt())).not.toBe(likeness(attempt({ to: '+13125550001' })));
	expect(likeness(attempt())).not.toBe(likeness(attempt({ client_state: 'eA==' })));
	expect(likeness(attempt({ media_url: 'a' }))).not.toBe(likeness(attempt({ media_name: 'a' })));
});
