import { startScriptedModel } from '../../services/openAi';
import type { ModelRequest, ScriptedModel, Turn } from '../../services/openAi';
import { withParameters } from '../../n8n/workflow';
import type { WorkflowJson } from '../../n8n/workflow';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

const recipient = '+13127367276';

function faxTo(...numbers: string[]): Turn {
	return {
		calls: numbers.map((number) => ({
			tool: 'Telnyx_Fax',
			input: { To: number, Document_URL: known.documentUrl },
		})),
	};
}

const done: Turn = { text: 'Done' };

/** What the model was told about its calls, in order. */
function answersIn(asked: ModelRequest[]): unknown[] {
	return (asked.at(-1)?.messages ?? [])
		.filter(({ role }) => role === 'tool')
		.map(({ content }): unknown => JSON.parse(String(content)));
}

/** The workflow with an agent of n8n before 2.0, which calls its tools by itself, for two items at once. */
function withAgentOfTwoItems(workflow: WorkflowJson): WorkflowJson {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'AI Agent' ? { ...node, typeVersion: 2.2 } : node,
	);
	const items = {
		id: 'items',
		name: 'Two items',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [100, 0],
		parameters: { jsCode: 'return [{ json: {} }, { json: {} }];' },
	};
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return withParameters(
		{
			...workflow,
			nodes: [...nodes, items],
			connections: { ...workflow.connections, Start: to('Two items'), 'Two items': to('AI Agent') },
		},
		'AI Agent',
		{ options: { batching: { batchSize: 2 } } },
	);
}

/** Telnyx Fax as a tool of n8n's AI Agent, whose chat model follows a script. */
export function aiToolCases(fixture: Fixture): void {
	let model: ScriptedModel;

	beforeAll(async () => {
		model = await startScriptedModel();
		await fixture.testBed.n8n.client.createCredential('Scripted model', 'openAiApi', {
			apiKey: 'key of the scripted model',
			url: model.baseUrl,
		});
	});

	afterAll(async () => await model?.close());

	const recipients = () => [...fixture.testBed.standIn.faxes.values()].map(({ to }) => to);

	it('is offered to the model with the two fields that the model is to fill', async () => {
		model.script(done);
		await fixture.run('ai-send');

		expect(model.asked[0]?.tools).toMatchObject([
			{
				function: {
					name: 'Telnyx_Fax',
					description: 'Send a fax in Telnyx Fax',
					parameters: {
						properties: {
							To: { type: 'string', description: expect.stringContaining('country code') },
							Document_URL: { type: 'string', description: expect.stringContaining('link') },
						},
						required: ['To', 'Document_URL'],
					},
				},
			},
		]);
	});

	it('sends a fax by link and tells the model no more than that it is queued', async () => {
		model.script(faxTo(recipient), done);
		const execution = await fixture.run('ai-send');

		expect(execution).toMatchObject({ status: 'success' });
		expect(recipients()).toEqual([recipient]);
		expect(answersIn(model.asked)).toEqual([
			[expect.objectContaining({ status: 'queued', final: false, to: recipient })],
		]);
	});

	it('sends as many faxes as the model asks for, also equal ones and several at once', async () => {
		model.script(faxTo(recipient, recipient), faxTo(recipient), done);
		await fixture.run('ai-send');

		expect(recipients()).toEqual([recipient, recipient, recipient]);
	});

	it('sends one fax per item where an older agent works on several items at once', async () => {
		model.script(faxTo(recipient), faxTo(recipient), done, done);
		const execution = await fixture.run('ai-send', withAgentOfTwoItems);

		expect(execution).toMatchObject({ status: 'success' });
		expect(recipients()).toEqual([recipient, recipient]);
	});

	it('tells the model what is wrong with a number and what to do, and the run goes on', async () => {
		model.script(faxTo('555-0188'), faxTo(recipient), done);
		const execution = await fixture.run('ai-send');

		expect(execution).toMatchObject({ status: 'success' });
		expect(recipients()).toEqual([recipient]);
		expect(JSON.stringify(answersIn(model.asked)[0])).toMatch(
			/555-0188.*not a phone number.*Write it with a plus sign/,
		);
	});

	it.each([['To'], ['Document_URL']])(
		'sends nothing where the model leaves out %s',
		async (key) => {
			const input = { To: recipient, Document_URL: known.documentUrl, [key]: '' };
			model.script({ calls: [{ tool: 'Telnyx_Fax', input }] }, done);
			await fixture.run('ai-send');

			expect(recipients()).toEqual([]);
			expect(JSON.stringify(answersIn(model.asked))).toContain('error');
		},
	);

	it('shows the model what a dry run would send, and sends nothing', async () => {
		model.script(faxTo(recipient), done);
		await fixture.run('ai-send', (workflow) =>
			withParameters(workflow, 'Telnyx Fax', { options: { dryRun: true } }),
		);

		expect(recipients()).toEqual([]);
		expect(answersIn(model.asked)).toEqual([
			[
				expect.objectContaining({
					status: 'not sent',
					dryRun: true,
					from: known.number,
					to: recipient,
					document: { media_url: known.documentUrl },
				}),
			],
		]);
	});

	it('refuses destinations that are not allowed, and tells the model so', async () => {
		model.script(faxTo('+13125550190', recipient), done);
		await fixture.run('ai-send', (workflow) =>
			withParameters(workflow, 'Telnyx Fax', { options: { allowedDestinations: '+1312736*' } }),
		);

		expect(recipients()).toEqual([recipient]);
		expect(JSON.stringify(answersIn(model.asked)[0])).toContain('not among the allowed');
	});

	it('lets the agent wait for the result of a fax', async () => {
		model.script(faxTo(recipient), done);
		const execution = await fixture.run('ai-send', (workflow) =>
			withParameters(workflow, 'Telnyx Fax', { operation: 'sendAndWaitForResult' }),
		);

		expect(execution).toMatchObject({ status: 'success' });
		expect(answersIn(model.asked)).toEqual([
			[expect.objectContaining({ status: 'delivered', final: true, to: recipient })],
		]);
	});
}
