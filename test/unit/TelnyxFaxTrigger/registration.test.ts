import {
	isTestUrl,
	planRegistration,
	planRemoval,
} from '../../../nodes/TelnyxFaxTrigger/registration';
import type { Current, Memory } from '../../../nodes/TelnyxFaxTrigger/registration';

const live = 'https://n8n.example.com/webhook/11111111/webhook';
const test = 'https://n8n.example.com/webhook-test/11111111/webhook';
const otherLive = 'https://n8n.example.com/webhook/22222222/webhook';
const otherTest = 'https://n8n.example.com/webhook-test/22222222/webhook';
const webhookNode = 'https://n8n.example.com/webhook/fax';
const onOldHost = 'https://old.example.com/webhook/11111111/webhook';
const foreign = 'https://crm.example.com/fax';
const edited = 'https://erp.example.com/fax';

const has = (url: string | undefined, timeoutSecs: number | null = null): Current => ({
	url,
	timeoutSecs,
});
const foreignBefore: Memory = {
	url: live,
	timeoutSecs: 30,
	previous: { url: foreign, timeoutSecs: null },
};
const liveBefore: Memory = {
	url: test,
	timeoutSecs: 30,
	previous: { url: live, timeoutSecs: 30 },
};

interface Row {
	name: string;
	current: Current;
	wanted?: Partial<Parameters<typeof planRegistration>[1]>;
	memory?: Memory;
	plan: Partial<ReturnType<typeof planRegistration>>;
}

/** What is to be done, with the memory to keep where nothing else is said. */
const set = (previous: Memory['previous'], memory: Partial<Memory> = {}) => ({
	action: 'set' as const,
	memory: { url: live, timeoutSecs: 30, previous, ...memory },
});
const keep = (previous: Memory['previous'], memory: Partial<Memory> = {}) => ({
	...set(previous, memory),
	action: 'keep' as const,
});
const refuse = (otherUrl: string) => ({ action: 'refuse' as const, otherUrl });

describe('registering', () => {
	it.each<Row>([
		{
			name: 'sets our URL and remembers a foreign one with its timeout',
			current: has(foreign, 5),
			plan: set({ url: foreign, timeoutSecs: 5 }),
		},
		{
			name: 'remembers that the timeout was left to Telnyx',
			current: has(foreign),
			plan: set({ url: foreign, timeoutSecs: null }),
		},
		{
			name: 'sets our URL where there was none, and has nothing to give back',
			current: has(undefined),
			plan: set(undefined),
		},
		{
			name: 'keeps what is there, and what was before',
			current: has(live, 30),
			memory: foreignBefore,
			plan: keep({ url: foreign, timeoutSecs: null }),
		},
		{
			name: 'keeps what is there although the static data is lost, and never remembers itself',
			current: has(live, 30),
			plan: keep(undefined),
		},
		{
			name: 'sets the timeout where someone changed it, and keeps what was before',
			current: has(live, 2),
			memory: foreignBefore,
			plan: set({ url: foreign, timeoutSecs: null }),
		},
		{
			name: 'sets the timeout where it is left to Telnyx',
			current: has(live),
			memory: foreignBefore,
			plan: set({ url: foreign, timeoutSecs: null }),
		},
		{
			name: 'sets another timeout that the user wants now',
			current: has(live, 30),
			wanted: { timeoutSecs: 10 },
			memory: foreignBefore,
			plan: set({ url: foreign, timeoutSecs: null }, { timeoutSecs: 10 }),
		},
		{
			name: 'repairs a URL that someone edited, and gives that one back later',
			current: has(edited, 30),
			memory: foreignBefore,
			plan: set({ url: edited, timeoutSecs: 30 }),
		},
		{
			name: 'follows n8n to another host, and keeps what was before',
			current: has(onOldHost, 30),
			memory: { ...foreignBefore, url: onOldHost },
			plan: set({ url: foreign, timeoutSecs: null }),
		},
		{
			name: 'takes the place of a URL on another host that it does not remember',
			current: has(onOldHost, 30),
			plan: set({ url: onOldHost, timeoutSecs: 30 }),
		},
		{
			name: 'refuses the URL of another workflow',
			current: has(otherLive, 30),
			plan: refuse(otherLive),
		},
		{
			name: 'refuses the URL of another workflow that took over meanwhile',
			current: has(otherLive, 30),
			memory: foreignBefore,
			plan: refuse(otherLive),
		},
		{
			name: 'refuses the URL of a Webhook node of this n8n',
			current: has(webhookNode),
			plan: refuse(webhookNode),
		},
		{
			name: 'refuses the URL of another workflow whatever follows it',
			current: has(`${otherLive}/?source=telnyx`),
			plan: refuse(`${otherLive}/?source=telnyx`),
		},
		{
			name: 'takes over from another workflow when told to, and gives back to it',
			current: has(otherLive, 30),
			wanted: { takeOver: true },
			plan: set({ url: otherLive, timeoutSecs: 30 }),
		},
		{
			name: 'keeps a take-over that is done',
			current: has(live, 30),
			wanted: { takeOver: true },
			memory: { ...foreignBefore, previous: { url: otherLive, timeoutSecs: 30 } },
			plan: keep({ url: otherLive, timeoutSecs: 30 }),
		},
		{
			name: 'takes a page of the same host that is no webhook for a foreign URL',
			current: has('https://n8n.example.com/relay/fax'),
			plan: set({ url: 'https://n8n.example.com/relay/fax', timeoutSecs: null }),
		},
		{
			name: 'takes a webhook of another n8n for a foreign URL',
			current: has('https://other.example.com/webhook/22222222/webhook'),
			plan: set({ url: 'https://other.example.com/webhook/22222222/webhook', timeoutSecs: null }),
		},
		{
			name: 'replaces its own test URL that a crashed test run left behind',
			current: has(test, 30),
			plan: set(undefined),
		},
		{
			name: 'still knows what was before when a crashed test run left its test URL behind',
			current: has(test, 30),
			memory: foreignBefore,
			plan: set({ url: foreign, timeoutSecs: null }),
		},
		{
			name: 'gives another workflow its live URL back where a crashed test run left its test URL',
			current: has(otherTest, 30),
			plan: set({ url: otherLive, timeoutSecs: 30 }),
		},
		{
			name: 'lets a test run take the place of the live workflow, and gives back to it',
			current: has(live, 30),
			wanted: { url: test },
			plan: set({ url: live, timeoutSecs: 30 }, { url: test }),
		},
		{
			name: 'lets a test run take the place of another live workflow, and gives back to it',
			current: has(otherLive, 30),
			wanted: { url: test },
			plan: set({ url: otherLive, timeoutSecs: 30 }, { url: test }),
		},
		{
			name: 'gives the live URL back after a test run that found the test URL of a crashed one',
			current: has(test, 30),
			wanted: { url: test },
			plan: keep({ url: live, timeoutSecs: 30 }, { url: test }),
		},
		{
			name: 'lets a second test run keep what the first one remembered',
			current: has(test, 30),
			wanted: { url: test },
			memory: liveBefore,
			plan: keep({ url: live, timeoutSecs: 30 }, { url: test }),
		},
		{
			name: 'refuses another workflow where n8n lives below a path',
			current: has('https://example.com/n8n/webhook/22222222/webhook'),
			wanted: { url: 'https://example.com/n8n/webhook/11111111/webhook' },
			plan: refuse('https://example.com/n8n/webhook/22222222/webhook'),
		},
		{
			name: 'refuses another workflow where the admin renamed the webhook path',
			current: has('https://n8n.example.com/hooks/22222222/webhook'),
			wanted: { url: 'https://n8n.example.com/hooks/11111111/webhook' },
			plan: refuse('https://n8n.example.com/hooks/22222222/webhook'),
		},
	])('$name', ({ current, wanted, memory, plan }) => {
		const whole = { url: live, timeoutSecs: 30, takeOver: false, ...wanted };
		expect(planRegistration(current, whole, memory)).toEqual(plan);
	});
});

describe('deregistering', () => {
	it.each([
		{
			name: 'restores URL and timeout where ours are still there',
			current: has(live, 30),
			memory: foreignBefore,
			plan: { action: 'restore', url: foreign, timeoutSecs: null },
		},
		{
			name: 'keeps a timeout that someone changed since',
			current: has(live, 12),
			memory: foreignBefore,
			plan: { action: 'restore', url: foreign, timeoutSecs: 12 },
		},
		{
			name: 'leaves a URL that someone edited',
			current: has(edited, 30),
			memory: foreignBefore,
			plan: { action: 'leave', because: 'not ours' },
		},
		{
			name: 'leaves the URL of a workflow that took over',
			current: has(otherLive, 30),
			memory: foreignBefore,
			plan: { action: 'leave', because: 'not ours' },
		},
		{
			name: 'leaves an application without a URL',
			current: has(undefined),
			memory: foreignBefore,
			plan: { action: 'leave', because: 'not ours' },
		},
		{
			name: 'leaves everything where nothing is remembered',
			current: has(live, 30),
			memory: undefined,
			plan: { action: 'leave', because: 'not ours' },
		},
		{
			name: 'leaves our URL where it is not known what was before',
			current: has(live, 30),
			memory: { url: live, timeoutSecs: 30 },
			plan: { action: 'leave', because: 'unknown before' },
		},
		{
			name: 'gives the live URL back after a test run',
			current: has(test, 30),
			memory: liveBefore,
			plan: { action: 'restore', url: live, timeoutSecs: 30 },
		},
	])('$name', ({ current, memory, plan }) => {
		expect(planRemoval(current, memory)).toEqual(plan);
	});
});

it('gives back exactly what was there, through a live registration and a test run in between', () => {
	const before = has(foreign, 7);
	const wanted = { url: live, timeoutSecs: 30, takeOver: false };
	const activation = planRegistration(before, wanted, undefined);
	if (activation.action === 'refuse') throw new Error('The registration was refused');
	const run = planRegistration(has(live, 30), { ...wanted, url: test }, undefined);
	if (run.action === 'refuse') throw new Error('The test run was refused');
	expect(planRemoval(has(test, 30), run.memory)).toMatchObject({ url: live, timeoutSecs: 30 });
	expect(planRemoval(has(live, 30), activation.memory)).toMatchObject({
		url: foreign,
		timeoutSecs: 7,
	});
});

it.each([
	[test, true],
	[otherTest, true],
	[live, false],
	[foreign, false],
	['https://webhook-test.example.com/fax', false],
	['', false],
])('tells whether %s is the URL of a test run', (url, expected) => {
	expect(isTestUrl(url)).toBe(expected);
});
