import type { INodeParameters } from 'n8n-workflow';

import { pdfDocument } from '../standin';
import type { RecordedRequest } from '../standin';
import {
	faxOfBinary,
	faxOfUrl,
	itemWithFile,
	locator,
	nameOf,
	numbers,
	useTelnyxFax,
} from './telnyxFax';

const fixture = useTelnyxFax({ stepMs: 60_000 });

const faxId = '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e';
const applicationId = '1293384261075731499';
const profileId = '1293384261075731500';

const onFax = { resource: 'fax', faxId: locator(faxId) };
const onApplication = { resource: 'faxApplication', faxApplicationId: locator(applicationId) };

/** A field of a request: its name at Telnyx, the value that goes out, and where the user sets it. */
type Field = [field: string, sent: unknown, set: INodeParameters];

interface Endpoint {
	call: string;
	/** The parameters that reach the endpoint. */
	parameters: INodeParameters;
	/** Every field that Telnyx documents for a request. */
	query?: Field[];
	body?: Field[];
	/** Every field that Telnyx documents for an answer. */
	answer?: string[];
}

const option = (options: INodeParameters): INodeParameters => ({ options });
const filter = (filters: INodeParameters): INodeParameters => ({ filters });

/** A setting of an application where both Create and Update have it. */
const setting =
	(collection: string) =>
	(set: INodeParameters): INodeParameters => ({
		[collection]: set,
	});

const faxFields = [
	'client_state',
	'connection_id',
	'created_at',
	'direction',
	'failure_reason',
	'from',
	'from_display_name',
	'id',
	'internal_failure_reason',
	'media_name',
	'media_url',
	'preview_url',
	'quality',
	'record_type',
	'status',
	'store_media',
	'stored_media_url',
	'to',
	'updated_at',
	'webhook_failover_url',
	'webhook_url',
];

const applicationFields = [
	'active',
	'anchorsite_override',
	'application_name',
	'created_at',
	'id',
	'inbound',
	'outbound',
	'record_type',
	'tags',
	'updated_at',
	'webhook_event_failover_url',
	'webhook_event_url',
	'webhook_timeout_secs',
];

const anchorsites = [
	'Latency',
	'Chicago, IL',
	'Ashburn, VA',
	'San Jose, CA',
	'Sydney, Australia',
	'Amsterdam, Netherlands',
	'London, UK',
	'Toronto, Canada',
	'Vancouver, Canada',
	'Frankfurt, Germany',
];

function applicationSettings(collection: string): Field[] {
	const set = setting(collection);
	return [
		['active', false, set({ active: false })],
		['active', true, set({ active: true })],
		...anchorsites.map((name): Field => [
			'anchorsite_override',
			name,
			set({ anchorsiteOverride: name }),
		]),
		[
			'webhook_event_failover_url',
			'https://failover.example.com',
			set({ webhookEventFailoverUrl: 'https://failover.example.com' }),
		],
		['webhook_event_failover_url', null, set({ webhookEventFailoverUrl: '' })],
		['webhook_timeout_secs', 25, set({ webhookTimeoutSecs: 25 })],
		['webhook_timeout_secs', 0, set({ webhookTimeoutSecs: 0 })],
		['webhook_timeout_secs', null, set({ webhookTimeoutSecs: '={{ null }}' })],
		['tags', ['clinic', 'intake'], set({ tags: 'clinic, intake' })],
		['inbound.channel_limit', 10, set({ inbound: { channelLimit: 10 } })],
		['inbound.channel_limit', null, set({ inbound: { channelLimit: '={{ null }}' } })],
		['inbound.sip_subdomain', 'clinic', set({ inbound: { sipSubdomain: 'clinic' } })],
		['inbound.sip_subdomain', null, set({ inbound: { sipSubdomain: '' } })],
		...['only_my_connections', 'from_anyone'].map((from): Field => [
			'inbound.sip_subdomain_receive_settings',
			from,
			set({ inbound: { sipSubdomainReceiveSettings: from } }),
		]),
		['outbound.channel_limit', 10, set({ outbound: { channelLimit: 10 } })],
		['outbound.channel_limit', null, set({ outbound: { channelLimit: '={{ null }}' } })],
		[
			'outbound.outbound_voice_profile_id',
			profileId,
			set({ outbound: { outboundVoiceProfileId: profileId } }),
		],
	];
}

const listOf = (resource: string): INodeParameters => ({
	resource,
	operation: 'getAll',
	returnAll: true,
});

/** From the API reference of Telnyx: the eleven endpoints of faxes and fax applications. */
const endpoints: Endpoint[] = [
	{
		call: 'GET /faxes',
		parameters: listOf('fax'),
		query: [
			...['inbound', 'outbound'].map((direction): Field => [
				'filter.direction.eq',
				direction,
				filter({ direction }),
			]),
			['filter.from.eq', numbers.ours, filter({ from: numbers.ours })],
			['filter.to.eq', numbers.ours2, filter({ to: numbers.ours2 })],
			...(['gte', 'gt', 'lte', 'lt'] as const).map((bound): Field => {
				const time = '2020-02-02T22:25:27.521Z';
				const name = bound.startsWith('g') ? 'createdAfter' : 'createdBefore';
				const excludeBoundaries = !bound.endsWith('e');
				return [`filter.created_at.${bound}`, time, filter({ [name]: time, excludeBoundaries })];
			}),
			['page.number', '1', {}],
			['page.size', '250', {}],
			['page.size', '7', { returnAll: false, limit: 7 }],
		],
		answer: faxFields,
	},
	{
		call: 'POST /faxes',
		parameters: faxOfUrl({ faxApplicationId: locator(applicationId) }),
		body: [
			['connection_id', applicationId, { faxApplicationId: locator(applicationId) }],
			['from', numbers.free, { from: locator(numbers.free, 'number') }],
			['to', '+13125550003', { to: '+13125550003' }],
			['to', 'sip:fax@example.com', { to: 'sip:fax@example.com' }],
			['media_url', 'https://a.example.com/b.pdf', { mediaUrl: 'https://a.example.com/b.pdf' }],
			['media_name', 'letterhead', { documentSource: 'mediaName', mediaName: 'letterhead' }],
			['from_display_name', 'Lakeside Clinic', option({ fromDisplayName: 'Lakeside Clinic' })],
			...['normal', 'high', 'very_high', 'ultra_light', 'ultra_dark'].map((quality): Field => [
				'quality',
				quality,
				option({ quality }),
			]),
			['t38_enabled', false, option({ t38Enabled: false })],
			['t38_enabled', true, option({ t38Enabled: true })],
			['monochrome', true, option({ monochrome: true })],
			['monochrome', false, option({ monochrome: false })],
			['black_threshold', 1, option({ blackThreshold: 1 })],
			['black_threshold', 100, option({ blackThreshold: 100 })],
			['store_media', true, option({ storeMedia: true })],
			['store_preview', true, option({ storePreview: true })],
			...['pdf', 'tiff'].map((previewFormat): Field => [
				'preview_format',
				previewFormat,
				option({ previewFormat }),
			]),
			['client_state', 'cGF0aWVudC00NzEx', option({ clientState: 'patient-4711' })],
			['webhook_url', 'https://example.com/e', option({ webhookUrl: 'https://example.com/e' })],
		],
	},
	{
		call: `GET /faxes/${faxId}`,
		parameters: { ...onFax, operation: 'get' },
		answer: faxFields,
	},
	{ call: `DELETE /faxes/${faxId}`, parameters: { ...onFax, operation: 'delete' } },
	{ call: `POST /faxes/${faxId}/actions/cancel`, parameters: { ...onFax, operation: 'cancel' } },
	{ call: `POST /faxes/${faxId}/actions/refresh`, parameters: { ...onFax, operation: 'refresh' } },
	{
		call: 'GET /fax_applications',
		parameters: listOf('faxApplication'),
		query: [
			['page.number', '1', {}],
			['page.size', '250', {}],
			['page.size', '1', { returnAll: false, limit: 1 }],
			['filter.application_name.contains', 'fax', filter({ applicationName: 'fax' })],
			[
				'filter.outbound_voice_profile_id',
				profileId,
				filter({ outboundVoiceProfileId: profileId }),
			],
			...['created_at', 'application_name', 'active'].flatMap((key): Field[] => [
				['sort', key, { sort: key }],
				['sort', `-${key}`, { sort: `-${key}` }],
			]),
		],
		answer: applicationFields,
	},
	{
		call: 'POST /fax_applications',
		parameters: {
			resource: 'faxApplication',
			operation: 'create',
			applicationName: 'fax-router',
			webhookEventUrl: 'https://example.com',
		},
		body: [
			['application_name', 'intake', { applicationName: 'intake' }],
			['webhook_event_url', 'https://example.com/e', { webhookEventUrl: 'https://example.com/e' }],
			...applicationSettings('additionalFields'),
		],
		answer: applicationFields,
	},
	{
		call: `GET /fax_applications/${applicationId}`,
		parameters: { ...onApplication, operation: 'get' },
		answer: applicationFields,
	},
	{
		call: `PATCH /fax_applications/${applicationId}`,
		parameters: { ...onApplication, operation: 'update', updateFields: { active: true } },
		body: [
			['application_name', 'intake', { updateFields: { applicationName: 'intake' } }],
			[
				'webhook_event_url',
				'https://example.com/e',
				{ updateFields: { webhookEventUrl: 'https://example.com/e' } },
			],
			...applicationSettings('updateFields'),
			[
				'fax_email_recipient',
				'intake@example.com',
				{ updateFields: { faxEmailRecipient: 'intake@example.com' } },
			],
			['fax_email_recipient', null, { updateFields: { faxEmailRecipient: '' } }],
		],
		answer: applicationFields,
	},
	{
		call: `DELETE /fax_applications/${applicationId}`,
		parameters: { ...onApplication, operation: 'delete' },
	},
];

/** An account in which every endpoint has something to work on, and every field a value. */
async function fillAccount(): Promise<void> {
	const { standIn } = fixture;
	standIn.addVoiceProfile({ id: profileId });
	standIn.addApplication({ id: applicationId, application_name: 'fax-router' });
	standIn.addFax({
		id: faxId,
		connectionId: applicationId,
		status: 'sending',
		sourceUrl: 'https://documents.example.com/referral.pdf',
		mediaName: 'letterhead',
		storedMediaUrl: 'https://s3.amazonaws.com/stored',
		previewUrl: 'https://s3.amazonaws.com/preview',
		clientState: 'eA==',
	});
	const bytes = await pdfDocument();
	standIn.media.set('letterhead', {
		name: 'letterhead',
		document: { bytes, size: bytes.length, contentType: 'application/pdf' },
		createdAt: Date.now(),
		updatedAt: Date.now(),
		expiresAt: Date.now() + 60_000,
	});
}

function requestOf(call: string): RecordedRequest {
	const request = fixture.calls().find((one) => nameOf(one) === call);
	if (request === undefined) {
		throw new Error(`${call} was not called, but ${fixture.calls().map(nameOf).join(', ')}`);
	}
	return request;
}

beforeEach(fillAccount);

it('covers the eleven endpoints', () => {
	expect(endpoints).toHaveLength(11);
});

describe.each(endpoints)('$call', ({ call, parameters, query = [], body = [], answer }) => {
	it('is called', async () => {
		if (call.endsWith('refresh')) {
			Object.assign(fixture.standIn.faxes.get(faxId) ?? {}, {
				direction: 'inbound',
				mediaUrl: 'https://s3.amazonaws.com/old',
				document: { bytes: Buffer.from('x'), size: 1, contentType: 'text/plain' },
			});
		}
		const run = await fixture.run(parameters);
		expect(run.error).toBeUndefined();
		expect(requestOf(call).status).toBeLessThan(300);
	});

	if (query.length > 0) {
		it.each(query)('takes %s in its query as %j', async (field, sent, set) => {
			await fixture.run({ ...parameters, ...set });
			expect(requestOf(call).query).toHaveProperty(field, sent);
		});
	}

	if (body.length > 0) {
		it.each(body)('takes %s in its body as %j', async (field, sent, set) => {
			const run = await fixture.run({ ...parameters, ...set });
			expect(run.error).toBeUndefined();
			expect(requestOf(call).json).toHaveProperty(field, sent);
			expect(requestOf(call).ignoredFields).toEqual([]);
		});
	}

	if (answer) {
		it('has every field of its answer in the item without Simplify', async () => {
			const run = await fixture.run({ ...parameters, simplify: false });
			expect(run.error).toBeUndefined();
			const item = run.items.find(({ json }) => json.id !== undefined);
			expect(Object.keys(item?.json ?? {})).toEqual(expect.arrayContaining(answer));
		});
	}
});

it('shows a fax that was just sent with the same fields as later', async () => {
	const [sent] = (await fixture.run(faxOfUrl({ simplify: false }))).items;
	const faxOf = { resource: 'fax', faxId: locator(String(sent.json.id)) };
	const [read] = (await fixture.run({ ...faxOf, operation: 'get', simplify: false })).items;
	expect(sent.json).toEqual(read.json);
});

describe('an upload to POST /faxes', () => {
	it.each<Field>([
		['connection_id', applicationId, { faxApplicationId: locator(applicationId) }],
		['from', numbers.free, { from: locator(numbers.free, 'number') }],
		['to', '+13125550003', { to: '+13125550003' }],
		['quality', 'ultra_light', option({ quality: 'ultra_light' })],
		['monochrome', 'true', option({ monochrome: true })],
		['store_media', 'true', option({ storeMedia: true })],
		['store_preview', 'true', option({ storePreview: true })],
		['t38_enabled', 'false', option({ t38Enabled: false })],
	])('takes %s as %j', async (field, sent, set) => {
		const chosen = { faxApplicationId: locator(applicationId) };
		await fixture.run({ ...faxOfBinary(chosen), ...set }, { items: [await itemWithFile()] });
		const { parts = [], ignoredFields } = requestOf('POST /faxes');
		expect(parts.find(({ name }) => name === field)?.value).toBe(sent);
		expect(parts.find(({ name }) => name === 'contents')?.filename).toBe('referral.pdf');
		expect(ignoredFields).toEqual([]);
	});
});
