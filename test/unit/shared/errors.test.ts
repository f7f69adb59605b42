import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import {
	answerError,
	connectionFailure,
	InputError,
	TelnyxError,
	telnyxProblems,
	toNodeError,
} from '../../../nodes/shared/errors';

const node: INode = {
	id: 'node',
	name: 'Telnyx Fax',
	type: 'n8n-nodes-telnyx-fax.telnyxFax',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const refusal = (status: number, body: unknown) =>
	answerError('POST /faxes', status, body, 'refused');

const envelope = (...errors: unknown[]) => ({ errors });

describe("Telnyx's problems", () => {
	it('are read in the dialect that has the HTTP status as code', () => {
		const body = envelope({
			code: '404',
			title: 'Not Found',
			detail: 'The requested resource does not exist',
		});
		expect(telnyxProblems(body)).toEqual([
			{ code: '404', title: 'Not Found', detail: 'The requested resource does not exist' },
		]);
	});

	it('are read in the dialect of five-digit codes, pointers and parameters', () => {
		const body = envelope(
			{ code: '10015', title: 'Bad Request', source: { pointer: '/to' }, meta: { url: 'x' } },
			{ code: '10015', title: 'Bad Request', source: { parameter: 'filter[from]' } },
		);
		expect(telnyxProblems(body)).toEqual([
			{ code: '10015', title: 'Bad Request', pointer: '/to' },
			{ code: '10015', title: 'Bad Request', pointer: 'filter[from]' },
		]);
	});

	it.each([
		[undefined],
		[null],
		[''],
		['<html><body>502 Bad Gateway</body></html>'],
		[42],
		[[]],
		[{}],
		[{ errors: null }],
		[{ errors: 'broken' }],
		[{ errors: {} }],
		[{ errors: [null, 'text', 1, ['list']] }],
		[{ error: { code: '1' } }],
	])('are none in %j', (body) => {
		expect(telnyxProblems(body)).toEqual([]);
	});

	it('of wrong types are passed over', () => {
		const body = envelope({ code: 404, title: null, detail: ['x'], source: 'y' });
		expect(telnyxProblems(body)).toEqual([{}]);
	});
});

describe('the error for an answer', () => {
	it('has the words of Telnyx, the code and the place', () => {
		const body = envelope({
			code: '10016',
			title: 'Phone number must be in +E.164 format',
			detail: 'to: nonsense',
			source: { pointer: '/to' },
		});
		expect(refusal(422, body)).toMatchObject({
			message: 'Phone number must be in +E.164 format: to: nonsense (code 10016, at /to)',
			nextStep: 'Write the number with a plus sign and the country code, e.g. +13125550001',
			status: 422,
			outcome: 'refused',
			body,
		});
	});

	it('joins several problems, and takes the next step of the first known code', () => {
		const { message, nextStep } = refusal(
			422,
			envelope(
				{ code: '10015', title: 'Bad Request', detail: 'one', source: { pointer: '/a' } },
				{ code: '20100', title: 'Insufficient funds' },
			),
		);
		expect(message).toBe('Bad Request: one (code 10015, at /a); Insufficient funds (code 20100)');
		expect(nextStep).toBe('Add funds to the Telnyx account');
	});

	it('does not repeat a detail that is the title', () => {
		const body = envelope({ code: '403', title: 'Forbidden', detail: 'Forbidden' });
		expect(refusal(403, body).message).toBe('Forbidden (code 403)');
	});

	it('says so where an entry explains nothing', () => {
		expect(refusal(422, envelope({})).message).toBe('Telnyx gave no explanation');
		expect(refusal(422, envelope({ code: '9' })).message).toBe(
			'Telnyx gave no explanation (code 9)',
		);
	});

	it.each([
		['HTML', '<html>502</html>'],
		['text', 'upstream timed out'],
		['nothing', undefined],
		['null', null],
		['an empty list of errors', { errors: [] }],
	])('survives %s', (_what, body) => {
		expect(refusal(502, body)).toMatchObject({
			message: 'Telnyx answered POST /faxes with status 502 and no explanation',
			nextStep: 'Telnyx has a problem: try again later, and check status.telnyx.com',
			problems: [],
		});
	});

	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
		'does not take the code %s for one that it knows',
		(code) => {
			const { nextStep } = refusal(422, envelope({ code, title: 'Strange' }));
			expect(nextStep).toBe('Correct the value that Telnyx names, and try again');
		},
	);

	it.each([
		[301, 'proxy'],
		[400, 'Correct the value'],
		[401, 'API key'],
		[403, 'permissions'],
		[404, 'Check the ID'],
		[413, 'smaller'],
		[422, 'Correct the value'],
		[429, 'Max Parallel Requests'],
		[500, 'status.telnyx.com'],
		[503, 'status.telnyx.com'],
	])('tells after status %i what to do', (status, words) => {
		expect(refusal(status, '').nextStep).toContain(words);
	});
});

describe('the code of a failed connection', () => {
	const coded = (code: unknown, message = 'failed') => Object.assign(new Error(message), { code });

	it('is found through the errors that n8n wraps around it', () => {
		const wrapped = new Error('outer', {
			cause: new Error('inner', { cause: coded('ECONNRESET') }),
		});
		expect(connectionFailure(wrapped)).toMatchObject({ code: 'ECONNRESET' });
		expect(connectionFailure(coded('ETIMEDOUT'))).toMatchObject({ code: 'ETIMEDOUT' });
		const refused = Object.assign(coded('EHOSTUNREACH'), { syscall: 'connect' });
		expect(connectionFailure(refused)).toEqual({ code: 'EHOSTUNREACH', syscall: 'connect' });
	});

	it('is found where n8n 1 keeps it: in the place of a status', () => {
		const wrapped = Object.assign(new Error('closed'), {
			cause: undefined,
			httpCode: 'ECONNRESET',
		});
		expect(connectionFailure(wrapped)).toEqual({ code: 'ECONNRESET' });
	});

	it('is absent where there is none', () => {
		expect(
			connectionFailure(Object.assign(new Error('status'), { httpCode: '502' })),
		).toBeUndefined();
		expect(connectionFailure(new Error('plain'))).toBeUndefined();
		expect(connectionFailure('ECONNRESET')).toBeUndefined();
		expect(connectionFailure({ code: 'ECONNRESET' })).toBeUndefined();
		expect(connectionFailure(coded(7))).toBeUndefined();
		expect(connectionFailure(undefined)).toBeUndefined();
	});

	it('is looked for a few causes deep, even in a circle', () => {
		const circle = new Error('circle');
		circle.cause = circle;
		expect(connectionFailure(circle)).toBeUndefined();
	});
});

describe("n8n's error", () => {
	it('for a refusal of Telnyx tells what happened, what to do, and keeps the answer', () => {
		const body = envelope({ code: '404', title: 'Not Found' });
		const error = toNodeError(node, refusal(404, body), 7);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'Not Found (code 404)',
			description: 'Check the ID: it may be mistyped, deleted, or belong to another Telnyx account',
			httpCode: '404',
			context: { itemIndex: 7, data: body, outcome: 'refused' },
		});
	});

	it('keeps the start of an answer that is not JSON', () => {
		const html = `<html>${'x'.repeat(2000)}</html>`;
		const { context } = toNodeError(node, refusal(502, html), 0);
		expect(context.data).toEqual({ answer: html.slice(0, 500) });
	});

	it('keeps nothing of an answer that was nothing', () => {
		const error = new TelnyxError('No connection', { outcome: 'notSent', nextStep: 'Check it' });
		expect(toNodeError(node, error, 0)).toMatchObject({
			message: 'No connection',
			description: 'Check it',
			httpCode: null,
			context: { data: { answer: '' }, outcome: 'notSent' },
		});
	});

	it('for wrong input names the item', () => {
		const error = toNodeError(node, new InputError('Wrong', 'Mend it'), 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'Wrong',
			description: 'Mend it',
			context: { itemIndex: 2 },
		});
	});

	it('stays the same error if it was one already, and learns its item', () => {
		const first = new NodeOperationError(node, 'No file');
		expect(toNodeError(node, first, 3)).toBe(first);
		expect(first.context.itemIndex).toBe(3);
		const second = new NodeOperationError(node, 'No file', { itemIndex: 1 });
		expect(toNodeError(node, second, 3)).toBe(second);
		expect(second.context.itemIndex).toBe(1);
	});

	it.each([
		[new Error('Something else'), 'Something else'],
		['a string', 'a string'],
		[undefined, 'undefined'],
		[null, 'null'],
	])('wraps anything else that is thrown: %p', (thrown, message) => {
		const error = toNodeError(node, thrown, 4);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message, context: { itemIndex: 4 } });
	});

	it.each([
		['The fax can not be canceled', 'The fax can not be cancelled'],
		['Canceling is not possible', 'Cancelling is not possible'],
		['already CANCELED', 'already CANCELLED'],
	])('never has the word that n8n takes for a stop by the user: %s', (words, shown) => {
		const body = envelope({ code: '422', title: words });
		const { message } = toNodeError(node, refusal(422, body), 0);
		expect(message.toLowerCase()).toBe(`${shown} (code 422)`.toLowerCase());
		for (const thrown of [new InputError(words, words), new Error(words), words]) {
			const error = toNodeError(node, thrown, 0);
			expect(error.message).not.toMatch(/canceled/i);
			expect(error.description ?? '').not.toMatch(/canceled/i);
		}
		const known = new NodeOperationError(node, words);
		expect(toNodeError(node, known, 0).message).not.toMatch(/canceled/i);
	});
});
