import type { IWebhookFunctions } from 'n8n-workflow';

import { warnRarely } from '../../../../nodes/shared/webhook/warnings';

const warn = jest.fn();
let now: number;
let workflows = 0;

/** The context of a trigger in a workflow of its own. */
function context(workflowId = `workflow ${++workflows}`, id = 'node'): IWebhookFunctions {
	return Object.assign(Object.create(null), {
		getWorkflow: () => ({ id: workflowId }),
		getNode: () => ({ id, name: 'Trigger' }),
		logger: { warn },
	});
}

beforeEach(() => {
	now = 1_800_000_000_000;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	warn.mockReset();
});

afterEach(() => jest.restoreAllMocks());

it('a warning names workflow and node', () => {
	warnRarely(context('the workflow'), 'reason', 'Something is wrong');
	expect(warn).toHaveBeenCalledWith('Something is wrong', {
		workflowId: 'the workflow',
		nodeName: 'Trigger',
	});
});

it('the same warning is given once a minute, however often it is asked for', () => {
	const one = context();
	for (let second = 0; second < 120; second++) {
		warnRarely(one, 'reason', 'Again');
		now += 1000;
	}
	expect(warn).toHaveBeenCalledTimes(2);
});

it('each reason, node and workflow has its own minute', () => {
	for (let round = 0; round < 3; round++) {
		warnRarely(context('w1', 'n1'), 'a', 'text');
		warnRarely(context('w1', 'n1'), 'b', 'text');
		warnRarely(context('w1', 'n2'), 'a', 'text');
		warnRarely(context('w2', 'n1'), 'a', 'text');
	}
	expect(warn).toHaveBeenCalledTimes(4);
});

it('a warning can be given once for all', () => {
	const one = context();
	warnRarely(one, 'reason', 'Once', Infinity);
	now += 30 * 24 * 3_600_000;
	warnRarely(one, 'reason', 'Once', Infinity);
	expect(warn).toHaveBeenCalledTimes(1);
});
