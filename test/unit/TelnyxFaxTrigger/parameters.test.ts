import {
	applicationIdOf,
	isManual,
	subscriptionOf,
	takesOver,
	timeoutSecsOf,
} from '../../../nodes/TelnyxFaxTrigger/parameters';
import { triggerContext } from './triggerContext';

const withOptions = (options: Record<string, string | number | boolean>) =>
	triggerContext({ parameters: { options } });

describe('the defaults', () => {
	it('subscribe to received, delivered and failed faxes of any number', () => {
		expect(subscriptionOf(triggerContext())).toEqual({
			faxApplicationId: '28',
			events: ['fax.received', 'fax.delivered', 'fax.failed'],
			direction: undefined,
			from: [],
			to: [],
		});
	});

	it('register by themselves, take nothing over and let Telnyx wait 30 seconds', () => {
		const context = triggerContext();
		expect([isManual(context), takesOver(context), timeoutSecsOf(context)]).toEqual([
			false,
			false,
			30,
		]);
	});
});

describe('the fax application', () => {
	it.each([
		['a list', { __rl: true, mode: 'list', value: '29', cachedResultName: 'Front desk' }],
		['an ID', { __rl: true, mode: 'id', value: '29' }],
		['an ID with spaces', { __rl: true, mode: 'id', value: ' 29 ' }],
		['an expression', { __rl: true, mode: 'id', value: '={{ 20 + 9 }}' }],
	])('is read from %s', (_what, faxApplicationId) => {
		expect(applicationIdOf(triggerContext({ parameters: { faxApplicationId } }))).toBe('29');
	});

	it('must be chosen', () => {
		const faxApplicationId = { __rl: true, mode: 'list', value: '' };
		expect(() => applicationIdOf(triggerContext({ parameters: { faxApplicationId } }))).toThrow(
			'No fax application is chosen',
		);
	});
});

describe('the filters', () => {
	it('take numbers as people write them', () => {
		const context = withOptions({
			direction: 'inbound',
			from: '+1 (312) 555-0001, 0049 30 123456;sip:fax@example.com\n+13125550002',
			to: ' ',
		});
		expect(subscriptionOf(context)).toMatchObject({
			direction: 'inbound',
			from: ['+13125550001', '+4930123456', 'sip:fax@example.com', '+13125550002'],
			to: [],
		});
	});

	it.each(['From', 'To'])('name the field that has no number: %s', (label) => {
		const context = withOptions({ [label.toLowerCase()]: '+13125550001, 555' });
		expect(() => subscriptionOf(context)).toThrow(`The parameter "${label}" is "555"`);
	});
});

describe('the timeout', () => {
	it.each([1, 10, 30])('can be %i seconds', (secs) => {
		expect(timeoutSecsOf(withOptions({ webhookTimeoutSecs: secs }))).toBe(secs);
	});

	it.each([0, 31, -1, 2.5, '10', true])('cannot be %j', (secs) => {
		expect(() => timeoutSecsOf(withOptions({ webhookTimeoutSecs: secs }))).toThrow(
			'The option "Webhook Timeout" is not a whole number from 1 to 30',
		);
	});

	it("is Telnyx's own 2 seconds where the user registers the URL", () => {
		expect(timeoutSecsOf(withOptions({ webhookRegistration: 'manual' }))).toBe(2);
	});

	it('is what the user says it is where the user registers the URL', () => {
		const context = withOptions({ webhookRegistration: 'manual', webhookTimeoutSecs: 20 });
		expect(timeoutSecsOf(context)).toBe(20);
	});
});

it('the options for registration are read', () => {
	const context = withOptions({ webhookRegistration: 'manual', takeOver: true });
	expect([isManual(context), takesOver(context)]).toEqual([true, true]);
});
