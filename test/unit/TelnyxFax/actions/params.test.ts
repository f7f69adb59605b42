import {
	isoTime,
	limitParam,
	requiredId,
	requiredText,
	textOf,
	webUrl,
	wholeNumber,
} from '../../../../nodes/TelnyxFax/actions/params';
import { InputError } from '../../../../nodes/shared/errors';
import { insideNode } from '../../executeContext';

describe('the text of a value', () => {
	it.each([
		['text', 'text'],
		['  text ', 'text'],
		[4711, '4711'],
		[0, '0'],
		[{ mode: 'id', value: '1293384261075731499' }, '1293384261075731499'],
		[{ mode: 'list', value: 7 }, '7'],
		[{ value: { value: 'nested' } }, ''],
		[{ mode: 'list', value: null }, ''],
		[{}, ''],
		[['a'], ''],
		[null, ''],
		[undefined, ''],
		[true, ''],
	])('of %j is %j', (value, text) => {
		expect(textOf(value)).toBe(text);
	});
});

describe('a whole number', () => {
	it.each([
		[5, 5],
		['5', 5],
		[' 5 ', 5],
		[1, 1],
		[100, 100],
		['1e2', 100],
	])('may be given as %j', (value, number) => {
		expect(wholeNumber(value, 'Black Threshold', 0, 1, 100)).toBe(number);
	});

	it.each([
		0,
		101,
		-1,
		1.5,
		'1.5',
		'',
		'  ',
		'many',
		NaN,
		Infinity,
		null,
		undefined,
		true,
		[],
		[5],
		{},
	])('from 1 to 100 cannot be %j', (value) => {
		const refusal = () => wholeNumber(value, 'Black Threshold', 3, 1, 100);
		expect(refusal).toThrow(InputError);
		expect(refusal).toThrow(
			'The parameter "Black Threshold" of item 3 is not a whole number from 1 to 100',
		);
	});

	it('without upper end says only where it starts', () => {
		expect(wholeNumber(1e9, 'Limit', 0, 1)).toBe(1e9);
		expect(() => wholeNumber(0, 'Limit', 0, 1)).toThrow('is not a whole number of at least 1');
		expect(() => wholeNumber(2 ** 53, 'Limit', 0, 1)).toThrow(InputError);
	});
});

describe('a web address', () => {
	it.each([
		'https://example.com',
		'http://example.com/a b.pdf',
		'HTTPS://example.com/a?b=c#d',
		'https://user:pass@example.com:8443/x',
		'https://127.0.0.1/x',
	])('may be %s', (url) => {
		expect(webUrl(` ${url} `, 'Webhook URL', 0)).toBe(url);
	});

	it.each([
		'',
		'example.com',
		'ftp://example.com',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'https://',
		'https:///path',
		'https://exa mple.com',
		'https://[broken',
		'//example.com',
		42,
		null,
		undefined,
		{},
		['https://example.com'],
	])('cannot be %j', (value) => {
		const refusal = () => webUrl(value, 'Webhook URL', 2);
		expect(refusal).toThrow(InputError);
		expect(refusal).toThrow('The parameter "Webhook URL" of item 2 is not a web address');
	});
});

describe('a time', () => {
	it.each([
		['2026-05-31T08:00:00Z', '2026-05-31T08:00:00.000Z'],
		['2026-05-31T08:00:00+02:00', '2026-05-31T06:00:00.000Z'],
		['2026-05-31', '2026-05-31T04:00:00.000Z'],
		['2026-05-31T08:00:00', '2026-05-31T12:00:00.000Z'],
		[new Date('2026-05-31T08:00:00Z'), '2026-05-31T08:00:00.000Z'],
	])('given as %p goes out in UTC, read in the time zone of the workflow', async (value, iso) => {
		const time = await insideNode({}, (context) => {
			context.getTimezone = () => 'America/New_York';
			return isoTime(context, value, 'Created After', 0);
		});
		expect(time).toBe(iso);
	});

	it.each(['yesterday', '2026-13-45', 'null', 1780214400000, {}, [], true])(
		'cannot be %j',
		async (value) => {
			const refusal = insideNode({}, (context) => isoTime(context, value, 'Created After', 1));
			await expect(refusal).rejects.toThrow('"Created After" of item 1 is not a date');
		},
	);
});

describe('parameters of a node', () => {
	const get = (faxId: unknown) => ({
		parameters: { resource: 'fax', operation: 'get', faxId: JSON.parse(JSON.stringify(faxId)) },
	});

	it.each([
		[{ __rl: true, mode: 'id', value: ' a-b ' }, 'a-b'],
		[{ __rl: true, mode: 'list', value: 'a-b', cachedResultName: 'Sent to ...' }, 'a-b'],
		[{ __rl: true, mode: 'id', value: 17 }, '17'],
		['a-b', 'a-b'],
	])('give the id of %j', async (faxId, id) => {
		expect(await insideNode(get(faxId), (context) => requiredId(context, 'faxId', 'Fax', 0))).toBe(
			id,
		);
	});

	it.each([
		'={{ "" }}',
		'={{ " " }}',
		'={{ null }}',
		'={{ undefined }}',
		'={{ [] }}',
		'={{ $json.id }}',
	])('give no id for the expression %s, and say which one is missing', async (value) => {
		const parameters = get({ __rl: true, mode: 'id', value });
		const refusal = insideNode(parameters, (context) => requiredId(context, 'faxId', 'Fax', 0));
		await expect(refusal).rejects.toThrow('No Fax is chosen for item 0');
	});

	it('that are empty are named', async () => {
		const parameters = {
			resource: 'fax',
			operation: 'send',
			to: '+13127367276',
			documentSource: 'url',
			mediaUrl: '={{ " " }}',
		};
		const refusal = insideNode({ parameters }, (context) =>
			requiredText(context, 'mediaUrl', 'Document URL', 0),
		);
		await expect(refusal).rejects.toThrow('The parameter "Document URL" of item 0 is empty');
	});

	it.each([
		[{ returnAll: true }, Infinity],
		[{ returnAll: false, limit: 7 }, 7],
		[{}, 50],
	])('%j limit a list to %d', async (set, limit) => {
		const parameters = { resource: 'fax', operation: 'getAll', ...set };
		expect(await insideNode({ parameters }, (context) => limitParam(context, 0))).toBe(limit);
	});

	it.each([0, -5, 1.5])('cannot limit a list to %d', async (limit) => {
		const parameters = { resource: 'fax', operation: 'getAll', returnAll: false, limit };
		const refusal = insideNode({ parameters }, (context) => limitParam(context, 0));
		await expect(refusal).rejects.toThrow('The parameter "Limit" of item 0');
	});
});
