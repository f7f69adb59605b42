import { createHash } from 'node:crypto';

import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function sha256(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex');
}

/** The fax operations, each from a workflow of the editor. */
export function faxCases(fixture: Fixture): void {
	const requestsTo = (method: string, path: RegExp) =>
		fixture.testBed.standIn.requests.filter(
			(request) => request.method === method && path.test(request.path),
		);

	it('sends a file that another node fetched, as a multipart upload', async () => {
		const execution = await fixture.run('fax-send-binary');

		expect(execution).toMatchObject({ status: 'success' });
		expect(execution.output('Telnyx Fax')).toEqual([
			{
				json: {
					id: expect.stringMatching(uuid),
					status: 'queued',
					final: false,
					direction: 'outbound',
					from: '+13125790015',
					to: '+13127367276',
					pages: null,
					failure: null,
					clientState: null,
					createdAt: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
		const [sent] = requestsTo('POST', /^\/v2\/faxes$/);
		expect(sent?.parts).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ name: 'connection_id', value: known.applicationId }),
				expect.objectContaining({ name: 'to', value: '+13127367276' }),
				expect.objectContaining({
					name: 'contents',
					filename: 'referral.pdf',
					contentType: 'application/pdf',
					sha256: sha256(fixture.document),
				}),
			]),
		);
		await fixture.testBed.standIn.settle();
		expect([...fixture.testBed.standIn.faxes.values()]).toMatchObject([
			{ status: 'delivered', pageCount: 2 },
		]);
	});

	it('puts a file into Media Storage when a field is set that an upload cannot carry', async () => {
		const execution = await fixture.run('fax-send-binary-with-client-state');

		expect(execution).toMatchObject({ status: 'success' });
		expect(execution.output('Telnyx Fax')).toMatchObject([
			{ json: { status: 'queued', clientState: 'referral 4711' }, pairedItem: { item: 0 } },
		]);
		const [medium] = fixture.testBed.standIn.media.values();
		expect(medium?.document.bytes.equals(fixture.document)).toBe(true);
		const [sent] = requestsTo('POST', /^\/v2\/faxes$/);
		expect(sent?.json).toMatchObject({
			media_name: medium?.name,
			client_state: Buffer.from('referral 4711').toString('base64'),
		});
	});

	it('sends from a URL with the options that were set and a mark to find the fax by', async () => {
		const execution = await fixture.run('fax-send-url');

		expect(execution).toMatchObject({ status: 'success' });
		const [sent] = requestsTo('POST', /^\/v2\/faxes$/);
		expect(sent?.json).toEqual({
			connection_id: known.applicationId,
			from: '+13125790015',
			to: '+13127367276',
			media_url: known.documentUrl,
			quality: 'very_high',
			store_media: true,
			client_state: expect.any(String),
		});
	});

	it('sends stored media by its name', async () => {
		const { standIn } = fixture.testBed;
		await fixture.storeMedium('letterhead.pdf');
		const execution = await fixture.run('fax-send-media-name');

		expect(execution).toMatchObject({ status: 'success' });
		await standIn.settle();
		expect([...standIn.faxes.values()]).toMatchObject([
			{ mediaName: 'letterhead.pdf', status: 'delivered' },
		]);
	});

	it('gets a fax', async () => {
		fixture.testBed.standIn.addFax({
			id: known.faxId,
			status: 'failed',
			failureReason: 'user_busy',
			from: known.number,
			to: '+13127367276',
		});
		const execution = await fixture.run('fax-get');

		expect(execution.output('Telnyx Fax')).toEqual([
			{
				json: {
					id: known.faxId,
					status: 'failed',
					final: true,
					direction: 'outbound',
					from: known.number,
					to: '+13127367276',
					pages: null,
					failure: expect.objectContaining({ reason: 'user_busy', retryable: true }),
					clientState: null,
					createdAt: expect.any(String),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gets all faxes that match the filters, over all pages', async () => {
		const { standIn } = fixture.testBed;
		const received = Array.from({ length: 300 }, () =>
			standIn.addFax({ direction: 'inbound', status: 'received' }),
		);
		standIn.addFax({ direction: 'outbound' });
		const execution = await fixture.run('fax-get-many');

		const ids = execution.output('Telnyx Fax').map(({ json }) => json.id);
		expect(new Set(ids)).toEqual(new Set(received.map(({ id }) => id)));
		expect(ids).toHaveLength(received.length);
	});

	it('asks Telnyx to cancel a fax and says how the fax stands afterwards', async () => {
		const { standIn } = fixture.testBed;
		standIn.addFax({ id: known.faxId, status: 'sending' });
		const execution = await fixture.run('fax-cancel');

		expect(execution).toMatchObject({ status: 'success' });
		expect(requestsTo('POST', /\/actions\/cancel$/)).toMatchObject([{ status: 202 }]);
		expect(execution.output('Telnyx Fax')).toMatchObject([
			{
				json: {
					cancelRequested: true,
					id: known.faxId,
					status: standIn.faxes.get(known.faxId)?.status,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('refreshes the link of a received fax', async () => {
		await fixture.receiveFax();
		const execution = await fixture.run('fax-refresh');

		expect(execution).toMatchObject({ status: 'success' });
		expect(requestsTo('POST', /\/actions\/refresh$/)).toMatchObject([{ status: 200 }]);
		expect(execution.output('Telnyx Fax')).toMatchObject([
			{
				json: { status: 'received', final: true, mediaUrl: expect.stringMatching(/^https:/) },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('deletes a fax', async () => {
		const { standIn } = fixture.testBed;
		standIn.addFax({ id: known.faxId });
		const execution = await fixture.run('fax-delete');

		expect(execution.output('Telnyx Fax')).toEqual([
			{ json: { deleted: true, id: known.faxId }, pairedItem: { item: 0 } },
		]);
		expect(requestsTo('DELETE', /^\/v2\/faxes\//)).toMatchObject([{ status: 204 }]);
	});
}
