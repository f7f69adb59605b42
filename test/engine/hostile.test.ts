import type { INodeParameters } from 'n8n-workflow';

import {
	faxOfBinary,
	faxOfUrl,
	itemsOf,
	itemWithFile,
	locator,
	nameOf,
	useTelnyxFax,
} from './telnyxFax';

const fixture = useTelnyxFax();

const names = () => fixture.calls().map(nameOf);

/** Runs the node on two items, of which the second has the hostile value. */
async function second(parameters: INodeParameters, value: unknown, good: unknown) {
	const items = itemsOf({ value: JSON.stringify(good) }, { value: JSON.stringify(value) });
	return await fixture.run(parameters, { items, settings: { onError: 'continueRegularOutput' } });
}

/** The value of the item, whatever its type. */
const fromItem = '={{ JSON.parse($json.value) }}';

const url = 'https://documents.example.com/a.pdf';

describe('an id', () => {
	it.each([
		['a/b', '/faxes/a%2Fb'],
		['../fax_applications/1', '/faxes/..%2Ffax_applications%2F1'],
		['x?page[size]=1', '/faxes/x%3Fpage%5Bsize%5D%3D1'],
		['x#y', '/faxes/x%23y'],
		['__proto__', '/faxes/__proto__'],
		['constructor', '/faxes/constructor'],
		['ü 🖷', '/faxes/%C3%BC%20%F0%9F%96%B7'],
		['%2e%2e', '/faxes/%252e%252e'],
		['a\r\nX-Injected: 1', '/faxes/a%0D%0AX-Injected%3A%201'],
	])('%j stays one part of the path', async (id, path) => {
		const run = await fixture.run({
			resource: 'fax',
			operation: 'get',
			faxId: locator(`={{ ${JSON.stringify(id)} }}`),
		});
		expect(run.error).toMatchObject({ httpCode: '404' });
		expect(names()).toEqual([`GET ${path}`]);
	});

	it.each(['.', '..', ' .. '])(
		'%j, which would name another resource, makes no request',
		async (id) => {
			for (const operation of ['get', 'delete', 'cancel', 'refresh', 'download']) {
				const run = await fixture.run({ resource: 'fax', operation, faxId: locator(id) });
				expect(run.error?.message).toBe(`The Fax of item 0 is "${id.trim()}", which is not an ID`);
			}
			for (const operation of ['get', 'delete']) {
				const run = await fixture.run({
					resource: 'faxApplication',
					operation,
					faxApplicationId: locator(id),
				});
				expect(run.error?.message).toContain('which is not an ID');
			}
			expect(fixture.calls()).toEqual([]);
		},
	);

	it.each([
		['no text', ''],
		['blanks', '  '],
		['null', null],
		['an object', {}],
		['a list', ['a']],
		['true', true],
	])('that is %s makes no request', async (_what, value) => {
		const parameters = { resource: 'fax', operation: 'get', faxId: locator(fromItem) };
		const { id } = fixture.standIn.addFax();
		const run = await second(parameters, value, id);
		expect(run.items[0].json).toMatchObject({ id });
		expect(run.items[1]).toMatchObject({
			json: { error: 'No Fax is chosen for item 1' },
			pairedItem: { item: 1 },
		});
		expect(fixture.calls()).toHaveLength(1);
	});

	it('that is a number goes out as text', async () => {
		await fixture.run({ resource: 'fax', operation: 'get', faxId: locator('={{ 17 }}') });
		expect(names()).toEqual(['GET /faxes/17']);
	});
});

describe('a parameter of Send', () => {
	const chosen = () => ({ faxApplicationId: locator(fixture.applicationId) });

	it.each<[label: string, more: INodeParameters, value: unknown]>([
		['To', { to: fromItem }, 'nonsense'],
		['To', { to: fromItem }, ''],
		['To', { to: fromItem }, null],
		['To', { to: fromItem }, ['+13125550002']],
		['To', { to: fromItem }, { toString: 'x' }],
		['To', { to: fromItem }, '__proto__'],
		['To', { to: fromItem }, 13125550002],
		['From', { from: locator(fromItem, 'number') }, 'nonsense'],
		['From', { from: locator(fromItem, 'number') }, '12'],
		['Document URL', { mediaUrl: fromItem }, 'file:///etc/passwd'],
		['Document URL', { mediaUrl: fromItem }, 'data:application/pdf;base64,JVBERi0='],
		['Document URL', { mediaUrl: fromItem }, ''],
		['Document URL', { mediaUrl: fromItem }, [url]],
		['Document URL', { mediaUrl: fromItem }, 42],
		['Media Name', { documentSource: 'mediaName', mediaName: fromItem }, ''],
		['Media Name', { documentSource: 'mediaName', mediaName: fromItem }, {}],
		['Black Threshold', { options: { blackThreshold: fromItem } }, 0],
		['Black Threshold', { options: { blackThreshold: fromItem } }, 101],
		['Black Threshold', { options: { blackThreshold: fromItem } }, 'dark'],
		['From Display Name', { options: { fromDisplayName: fromItem } }, 'a\r\nb'],
		['From Display Name', { options: { fromDisplayName: fromItem } }, 'a<b>'],
		['From Display Name', { options: { fromDisplayName: fromItem } }, 'x'.repeat(129)],
		['Client State', { options: { clientState: fromItem } }, 'x'.repeat(4097)],
		['Client State', { options: { clientState: fromItem } }, 'ü'.repeat(2049)],
		['Webhook URL', { options: { webhookUrl: fromItem } }, 'ftp://example.com'],
		['Webhook URL', { options: { webhookUrl: fromItem } }, { a: 1 }],
		['Quality', { options: { quality: fromItem } }, 'best'],
		['Quality', { options: { quality: fromItem } }, 7],
		['Preview Format', { options: { previewFormat: fromItem } }, 'docx'],
		['Monochrome', { options: { monochrome: fromItem } }, 'yes'],
		['Store Media', { options: { storeMedia: fromItem } }, 'maybe'],
		['T.38', { options: { t38Enabled: fromItem } }, {}],
	])(
		'%s: %j with %j is refused before any request, with its name and item',
		async (label, more, value) => {
			const run = await second(faxOfUrl({ ...chosen(), ...more }), value, value);
			expect(run.items[1].json.error).toContain(`"${label}" of item 1`);
			expect(fixture.calls()).toEqual([]);
		},
	);

	it('that is given as text where it is true or false is understood', async () => {
		const options = { monochrome: '={{ "true" }}', t38Enabled: '={{ "False" }}' };
		await fixture.run(faxOfUrl({ ...chosen(), options }));
		expect(fixture.calls('POST /faxes')).toMatchObject([
			{ json: { monochrome: true, t38_enabled: false } },
		]);
	});

	it.each([[['+13125550009']], [[]], { a: 1 }, 7, true, null, '', '+13125550009', '+1900*'])(
		'that allows only %j keeps all other destinations out',
		async (allowed) => {
			const run = await second(
				faxOfUrl({ ...chosen(), options: { allowedDestinations: fromItem } }),
				allowed,
				allowed,
			);
			expect(run.items.map(({ json }) => typeof json.error)).toEqual(['string', 'string']);
			expect(fixture.calls()).toEqual([]);
		},
	);

	it.each(['true', ' TRUE ', true])(
		'that asks for a dry run as %j sends nothing',
		async (dryRun) => {
			const run = await second(
				faxOfUrl({ ...chosen(), options: { dryRun: fromItem } }),
				dryRun,
				dryRun,
			);
			expect(run.error).toBeUndefined();
			expect(fixture.calls('POST /faxes')).toEqual([]);
		},
	);

	it.each(['__proto__', 'URL', 'everything'])(
		'names the document source %j unknown',
		async (source) => {
			const documentSource = `={{ $json.nothing ?? "${source}" }}`;
			const run = fixture.run(faxOfBinary({ documentSource, mediaUrl: 'x', mediaName: 'x' }));
			await expect(run).resolves.toMatchObject({
				error: { message: expect.stringContaining('"Document Source" of item 0') },
			});
			expect(fixture.calls()).toEqual([]);
		},
	);
});

describe('a file', () => {
	const withFile = async (file: Parameters<typeof itemWithFile>[0], more: INodeParameters = {}) =>
		await fixture.run(faxOfBinary(more), {
			items: [{ json: {} }, await itemWithFile(file)],
			settings: { onError: 'continueRegularOutput' },
		});

	it('that is missing is named, with its item', async () => {
		const run = await withFile({});
		expect(run.items[0].json.error).toMatch(/data/);
		expect(run.items[1].json).toMatchObject({ status: 'queued' });
	});

	it.each([
		[
			'of 25 MB',
			{ content: Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(25 * 1024 * 1024)]) },
			'has 25.0 MB',
		],
		['that is empty', { content: Buffer.alloc(0) }, 'is empty'],
		[
			'that is a program',
			{ content: Buffer.from([0x7f, 0x45, 0x4c, 0x46]), fileName: 'a.pdf' },
			'cannot be faxed',
		],
		[
			'that is a web page',
			{ content: Buffer.from('<!doctype html>'), mimeType: 'text/html', fileName: 'a.html' },
			'cannot be faxed',
		],
	])('%s is refused before any request', async (_what, file, message) => {
		const run = await withFile(file);
		expect(run.items[1].json.error).toContain(message);
		expect(run.items[1].json.error).toContain('The file in field "data" of item 1');
		expect(fixture.calls()).toEqual([]);
	});

	it.each(['../../etc/passwd', 'a\r\nb: c.pdf', '"; name="to', '__proto__', '.'.repeat(300)])(
		'named %j does not break the upload',
		async (fileName) => {
			const run = await withFile({ fileName });
			expect(run.items[1].json).toMatchObject({ status: 'queued' });
			const [{ parts = [] }] = fixture.calls('POST /faxes');
			expect(parts.map(({ name }) => name)).toEqual(['connection_id', 'from', 'to', 'contents']);
		},
	);

	it.each(['__proto__', 'constructor', 'other', ''])(
		'in the field %j is not there',
		async (field) => {
			const run = await fixture.run(faxOfBinary({ binaryPropertyName: `={{ "${field}" }}` }), {
				items: [await itemWithFile()],
			});
			expect(run.status).toBe('error');
			expect(fixture.calls()).toEqual([]);
		},
	);

	it('cannot be sent with both its copy kept and a field that needs Media Storage', async () => {
		const run = await withFile({}, { options: { storeMedia: true, clientState: 'x' } });
		expect(run.items[1].json.error).toBe(
			'The option "Store Media" of item 1 cannot be used for a binary file together with Client State',
		);
		expect(fixture.calls()).toEqual([]);
	});
});

describe('a choice', () => {
	it.each([
		['resource', { resource: '={{ "__proto__" }}', operation: 'get' }],
		['operation', { resource: 'fax', operation: '={{ "constructor" }}' }],
		['operation', { resource: 'faxApplication', operation: '={{ "send" }}' }],
	])('of the %s that does not exist is refused', async (_what, parameters) => {
		const run = await fixture.run(parameters);
		expect(run.status).toBe('error');
		expect(run.error?.message).toMatch(/does not exist|Could not get parameter/);
		expect(fixture.calls()).toEqual([]);
	});

	it.each(['constructor', '__proto__', 'everything'])(
		'of the file %j to download is refused',
		async (file) => {
			const { id } = fixture.standIn.addFax();
			const run = await fixture.run({
				resource: 'fax',
				operation: 'download',
				faxId: locator(id),
				file: `={{ "${file}" }}`,
			});
			expect(run.error?.message).toContain('"File" of item 0');
			expect(fixture.calls()).toEqual([]);
		},
	);

	it.each([
		['direction', { direction: '={{ "sideways" }}' }, '"Direction" of item 0'],
		['from', { from: 'nobody' }, '"From" of item 0'],
		['to', { to: 'nobody' }, '"To" of item 0'],
		['createdAfter', { createdAfter: '={{ "soon" }}' }, '"Created After" of item 0'],
		['createdBefore', { createdBefore: '={{ {} }}' }, '"Created Before" of item 0'],
	])('of the filter %s that cannot be meant is refused', async (_what, filters, message) => {
		const run = await fixture.run({ resource: 'fax', operation: 'getAll', filters });
		expect(run.error?.message).toContain(message);
		expect(fixture.calls()).toEqual([]);
	});

	it.each([0, -1, 1.5, 'many', null])('of the limit %j is refused', async (limit) => {
		const run = await fixture.run({
			resource: 'fax',
			operation: 'getAll',
			limit: `={{ ${JSON.stringify(limit)} }}`,
		});
		expect(run.error?.message).toContain('The parameter "Limit" of item 0');
		expect(fixture.calls()).toEqual([]);
	});

	it.each([
		['Return All', { returnAll: '={{ "perhaps" }}' }],
		['Simplify', { simplify: '={{ "perhaps" }}' }],
	])('of %s that is neither true nor false is refused', async (label, more) => {
		const run = await fixture.run({ resource: 'fax', operation: 'getAll', ...more });
		expect(run.error?.message).toBe(`The parameter "${label}" of item 0 is neither true nor false`);
		expect(fixture.calls()).toEqual([]);
	});

	it('of true and false may be the text of an expression', async () => {
		for (let count = 0; count < 60; count++) fixture.standIn.addFax();
		const run = await fixture.run({
			resource: 'fax',
			operation: 'getAll',
			returnAll: '={{ "true" }}',
			simplify: '={{ "false" }}',
		});
		expect(run.items).toHaveLength(60);
		expect(run.items[0].json).toHaveProperty('record_type', 'fax');
	});

	it.each([0, -1, 1.5, 'many'])('of %j parallel requests is refused', async (value) => {
		const run = await fixture.run(
			faxOfUrl({ options: { maxParallelRequests: `={{ ${JSON.stringify(value)} }}` } }),
		);
		expect(run.error?.message).toContain('"Max Parallel Requests"');
		expect(fixture.calls()).toEqual([]);
	});
});

describe('settings of a fax application', () => {
	it.each([
		['Application Name', { applicationName: '={{ " " }}' }],
		['Webhook Event URL', { webhookEventUrl: 'example.com' }],
		['Webhook Event Failover URL', { additionalFields: { webhookEventFailoverUrl: 'nope' } }],
		['Webhook Timeout', { additionalFields: { webhookTimeoutSecs: 31 } }],
		['Channel Limit', { additionalFields: { inbound: { channelLimit: -1 } } }],
	])('%s cannot be %j', async (label, more) => {
		const run = await fixture.run({
			resource: 'faxApplication',
			operation: 'create',
			applicationName: 'Clinic',
			webhookEventUrl: 'https://example.com/events',
			...more,
		});
		expect(run.error?.message).toContain(`"${label}" of item 0`);
		expect(fixture.calls()).toEqual([]);
	});
});

it('leaves prototypes alone whatever arrives', () => {
	expect(Object.keys(Object.prototype)).toEqual([]);
});
