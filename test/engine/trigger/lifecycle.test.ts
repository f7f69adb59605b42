import { startTriggerBed } from './triggerBed';
import type { TriggerBed, TriggerUnderTest } from './triggerBed';

const foreign = 'https://crm.example.com/fax';
let bed: TriggerBed;

beforeAll(async () => {
	bed = await startTriggerBed();
});

afterAll(async () => await bed.close());

beforeEach(() => {
	bed.reset();
	bed.application.webhook_event_url = foreign;
});

afterEach(() => jest.restoreAllMocks());

const registered = () => ({
	url: bed.application.webhook_event_url,
	timeoutSecs: bed.application.webhook_timeout_secs,
});

const changes = () =>
	bed.telnyx.standIn.requests.filter(({ method }) => method !== 'GET').map(({ json }) => json);

async function refusal(trigger: TriggerUnderTest): Promise<unknown> {
	return await trigger.activate().then(
		() => undefined,
		(error: unknown) => error,
	);
}

describe('activation', () => {
	it('sets URL and timeout, and changes nothing else of the application', async () => {
		const before = structuredClone(bed.application);
		const trigger = bed.addTrigger();
		await trigger.activate();
		expect(bed.application).toEqual({
			...before,
			webhook_event_url: trigger.url,
			webhook_timeout_secs: 30,
			updated_at: expect.any(String),
		});
		expect(changes()).toEqual([
			{
				application_name: before.application_name,
				webhook_event_url: trigger.url,
				webhook_timeout_secs: 30,
			},
		]);
	});

	it('sets the timeout that the user wants', async () => {
		await bed.addTrigger({ parameters: { options: { webhookTimeoutSecs: 12 } } }).activate();
		expect(registered().timeoutSecs).toBe(12);
	});

	it('changes nothing where everything is there already', async () => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		bed.telnyx.standIn.requests.length = 0;
		await trigger.activate();
		expect(changes()).toEqual([]);
	});

	it.each([
		['the URL', () => (bed.application.webhook_event_url = 'https://erp.example.com/fax')],
		['the timeout', () => (bed.application.webhook_timeout_secs = 2)],
		['the URL to nothing', () => (bed.application.webhook_event_url = '')],
	])('repairs what someone changed on Telnyx: %s', async (_what, change) => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		change();
		await trigger.activate();
		expect(registered()).toEqual({ url: trigger.url, timeoutSecs: 30 });
	});

	it('warns about an application that is not active', async () => {
		bed.application.active = false;
		const trigger = bed.addTrigger();
		const warn = jest.spyOn(trigger.logger, 'warn');
		await trigger.activate();
		expect(warn).toHaveBeenCalledWith(
			expect.stringMatching(/"Front desk" is not active on Telnyx/),
		);
		expect(registered().url).toBe(trigger.url);
	});

	it.each([
		['http://localhost:5678/'],
		['http://127.0.0.1:5678/'],
		['http://192.168.1.20:5678/'],
		['http://n8n:5678/'],
		['http://n8n.local/'],
	])('is refused before anything is changed where Telnyx cannot reach %s', async (n8nUrl) => {
		expect(await refusal(bed.addTrigger({ n8nUrl }))).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining(n8nUrl),
			description: expect.stringMatching(/N8N_WEBHOOK_URL.*WEBHOOK_URL/),
		});
		expect(changes()).toEqual([]);
	});

	it('is refused where another workflow has the application, naming its URL and the way out', async () => {
		const first = bed.addTrigger();
		await first.activate();
		bed.telnyx.standIn.requests.length = 0;
		const error = await refusal(bed.addTrigger());
		expect(error).toMatchObject({
			message: expect.stringContaining(first.url),
			description: expect.stringMatching(/Take Over/),
		});
		expect(changes()).toEqual([]);
		expect(registered().url).toBe(first.url);
	});

	it('takes over from another workflow when told to, and gives back to it', async () => {
		const first = bed.addTrigger();
		await first.activate();
		const second = bed.addTrigger({ parameters: { options: { takeOver: true } } });
		await second.activate();
		expect(registered().url).toBe(second.url);
		await second.deactivate();
		expect(registered().url).toBe(first.url);
		await first.deactivate();
		expect(registered()).toEqual({ url: foreign, timeoutSecs: null });
	});

	it('says where the public key is when Telnyx does not name it, and changes nothing', async () => {
		bed.telnyx.standIn.publicKeyAvailable = false;
		const error = await refusal(bed.addTrigger());
		bed.telnyx.standIn.publicKeyAvailable = true;
		expect(error).toMatchObject({
			description: expect.stringMatching(/Keys & Credentials > Public Key/),
		});
		expect(changes()).toEqual([]);
	});

	it('does without the endpoint for the public key where the credential has it', async () => {
		const { standIn } = bed.telnyx;
		standIn.publicKeyAvailable = false;
		const trigger = bed.addTrigger({ credential: { publicKey: standIn.publicKey } });
		await trigger.activate();
		standIn.publicKeyAvailable = true;
		expect(standIn.requests.some(({ path }) => path === '/v2/public_key')).toBe(false);
		expect(registered().url).toBe(trigger.url);
	});

	it('says that the API key is wrong', async () => {
		const error = await refusal(bed.addTrigger({ credential: { apiKey: 'wrong' } }));
		expect(error).toMatchObject({
			httpCode: '401',
			description: expect.stringContaining('API key'),
		});
	});

	it('says that the application does not exist', async () => {
		const faxApplicationId = { __rl: true, mode: 'id', value: '404' };
		expect(await refusal(bed.addTrigger({ parameters: { faxApplicationId } }))).toMatchObject({
			httpCode: '404',
		});
	});

	it('is refused without an event', async () => {
		expect(await refusal(bed.addTrigger({ parameters: { events: [] } }))).toMatchObject({
			message: 'The trigger has no events',
		});
	});

	it.each(['/v2/public_key', '/v2/fax_applications'])(
		'outlasts a short failure of Telnyx at %s',
		async (path) => {
			bed.telnyx.standIn.faults.add({
				kind: 'error503',
				on: { method: 'GET', path: new RegExp(`^${path}`) },
				times: 1,
			});
			const trigger = bed.addTrigger();
			await trigger.activate();
			expect(registered().url).toBe(trigger.url);
		},
	);

	it('outlasts an answer to its change that got lost', async () => {
		bed.telnyx.standIn.faults.add({
			kind: 'resetAfterAcceptance',
			on: { method: 'PATCH' },
			times: 1,
		});
		const trigger = bed.addTrigger();
		await trigger.activate();
		await trigger.deactivate();
		expect(registered()).toEqual({ url: foreign, timeoutSecs: null });
	});

	it('leaves the application as it was when the answers to its change get lost for good', async () => {
		const fault = bed.telnyx.standIn.faults.add({
			kind: 'error500AfterAcceptance',
			on: { method: 'PATCH', when: ({ json }) => JSON.stringify(json).includes('n8n.example') },
		});
		const trigger = bed.addTrigger();
		expect(await refusal(trigger)).toBeDefined();
		expect(fault.played).toBeGreaterThan(0);
		expect(registered()).toEqual({ url: foreign, timeoutSecs: null });
	});
});

describe('deactivation', () => {
	it('restores URL and timeout', async () => {
		bed.application.webhook_timeout_secs = 7;
		const trigger = bed.addTrigger();
		await trigger.activate();
		await trigger.deactivate();
		expect(registered()).toEqual({ url: foreign, timeoutSecs: 7 });
		expect(trigger.remembers()).toBe(false);
	});

	it('leaves to Telnyx again what was left to Telnyx', async () => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		await trigger.deactivate();
		expect(registered()).toEqual({ url: foreign, timeoutSecs: null });
	});

	it('leaves a URL that someone set meanwhile', async () => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		bed.application.webhook_event_url = 'https://erp.example.com/fax';
		await trigger.deactivate();
		expect(registered().url).toBe('https://erp.example.com/fax');
		expect(trigger.remembers()).toBe(false);
	});

	it('leaves the URL and says so where the static data is lost', async () => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		trigger.loseStaticData();
		await trigger.activate();
		const warn = jest.spyOn(trigger.logger, 'warn');
		await trigger.deactivate();
		expect(registered().url).toBe(trigger.url);
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('set it in the Telnyx portal'));
	});

	it('succeeds when the application is gone', async () => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		bed.telnyx.standIn.applications.delete(bed.application.id);
		await trigger.deactivate();
		expect(trigger.remembers()).toBe(false);
	});

	it('is logged and said when Telnyx refuses it, and can be tried again', async () => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		const error = jest.spyOn(trigger.logger, 'error');
		const fault = bed.telnyx.standIn.faults.add({ kind: 'forbidden', on: { method: 'PATCH' } });
		await expect(trigger.deactivate()).rejects.toMatchObject({ httpCode: '403' });
		expect(error).toHaveBeenCalledWith(expect.stringContaining(trigger.url));
		fault.remove();
		await trigger.deactivate();
		expect(registered().url).toBe(foreign);
	});

	it('leaves Telnyx alone when the trigger was never activated', async () => {
		await bed.addTrigger().deactivate();
		expect(bed.telnyx.standIn.requests).toEqual([]);
	});
});

describe('a test run', () => {
	it('uses the test URL and puts the previous one back', async () => {
		const trigger = bed.addTrigger();
		const stop = await trigger.listen();
		expect(registered()).toEqual({ url: trigger.testUrl, timeoutSecs: 30 });
		await stop();
		expect(registered()).toEqual({ url: foreign, timeoutSecs: null });
	});

	it('gives the live workflow its URL back', async () => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		const stop = await trigger.listen();
		expect(registered().url).toBe(trigger.testUrl);
		await stop();
		expect(registered()).toEqual({ url: trigger.url, timeoutSecs: 30 });
		await trigger.deactivate();
		expect(registered()).toEqual({ url: foreign, timeoutSecs: null });
	});

	it('gives another live workflow its URL back', async () => {
		const live = bed.addTrigger();
		await live.activate();
		const stop = await bed.addTrigger().listen();
		await stop();
		expect(registered()).toEqual({ url: live.url, timeoutSecs: 30 });
	});

	it('that ends with a crash does not make the live workflow forget what was before', async () => {
		const trigger = bed.addTrigger();
		await trigger.activate();
		await trigger.listen();
		await trigger.activate();
		expect(registered().url).toBe(trigger.url);
		await trigger.deactivate();
		expect(registered()).toEqual({ url: foreign, timeoutSecs: null });
	});

	it('that cannot put the URL back says so in the log and ends', async () => {
		const trigger = bed.addTrigger();
		const stop = await trigger.listen();
		const error = jest.spyOn(trigger.logger, 'error');
		bed.telnyx.standIn.faults.add({ kind: 'forbidden', on: { method: 'PATCH' } });
		await stop();
		expect(error).toHaveBeenCalledWith(expect.stringContaining(trigger.testUrl));
	});
});

describe('manual registration', () => {
	const parameters = { options: { webhookRegistration: 'manual' } };

	it('changes nothing, neither at activation nor at deactivation nor in a test run', async () => {
		const before = structuredClone(bed.application);
		const trigger = bed.addTrigger({ parameters });
		await trigger.activate();
		await trigger.deactivate();
		const stop = await trigger.listen();
		await stop();
		expect(bed.application).toEqual(before);
		expect(changes()).toEqual([]);
	});

	it('is possible on an n8n that only a tunnel makes reachable', async () => {
		await bed.addTrigger({ parameters, n8nUrl: 'http://localhost:5678/' }).activate();
		expect(changes()).toEqual([]);
	});

	it('still needs the public key', async () => {
		bed.telnyx.standIn.publicKeyAvailable = false;
		const error = await refusal(bed.addTrigger({ parameters }));
		bed.telnyx.standIn.publicKeyAvailable = true;
		expect(error).toMatchObject({ message: expect.stringContaining('did not name the key') });
	});

	it.each([0, 31, 2.5])('is refused with a timeout of %d seconds', async (webhookTimeoutSecs) => {
		const options = { ...parameters.options, webhookTimeoutSecs };
		expect(await refusal(bed.addTrigger({ parameters: { options } }))).toMatchObject({
			message: expect.stringContaining('Webhook Timeout'),
		});
	});
});
