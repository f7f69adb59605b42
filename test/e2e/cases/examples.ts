import { startGoogleDrive } from '../../services/googleDrive';
import type { GoogleDrive } from '../../services/googleDrive';
import { startScriptedModel } from '../../services/openAi';
import type { ScriptedModel } from '../../services/openAi';
import { startService } from '../../services/service';
import type { Service } from '../../services/service';
import { startSlack } from '../../services/slack';
import type { Slack } from '../../services/slack';
import type { Chat } from '../../n8n/chat';
import type { Execution } from '../../n8n/execution';
import { waitFor } from '../../n8n/waitFor';
import { withParameters } from '../../n8n/workflow';
import type { WorkflowJson } from '../../n8n/workflow';
import { pdfDocument } from '../../standin';
import { readExample, startedBy, withChoices } from '../exampleFiles';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

const dayMs = 86_400_000;

/** Runs each example as its user would, beside stand-ins for the other services. */
export function exampleCases(fixture: Fixture): void {
	let slack: Slack;
	let drive: GoogleDrive;
	let model: ScriptedModel;
	let crm: Service;
	const live: string[] = [];

	beforeAll(async () => {
		slack = await startSlack();
		drive = await startGoogleDrive();
		model = await startScriptedModel();
		crm = await startService((app) => void app.use((_req, res) => void res.json({ id: 1 })));
		const { hosts } = fixture.testBed.standIn;
		hosts.set('slack.com', slack.origin);
		hosts.set('www.googleapis.com', drive.origin);
		hosts.set('crm.example.com', crm.origin);
		const { client } = fixture.testBed.n8n;
		await client.createCredential('Slack account', 'slackApi', { accessToken: 'xoxb' });
		await client.createCredential('Google Drive account', 'googleDriveOAuth2Api', {
			clientId: 'client',
			clientSecret: 'secret',
			oauthTokenData: { access_token: 'token', token_type: 'Bearer' },
		});
		await client.createCredential('OpenAI account', 'openAiApi', {
			apiKey: 'key of the scripted model',
			url: model.baseUrl,
		});
	});

	beforeEach(() => {
		for (const service of [slack, drive, crm]) service.requests.length = 0;
		slack.messages.length = 0;
		drive.files.length = 0;
	});

	afterEach(async () => {
		const { client } = fixture.testBed.n8n;
		for (const id of live.splice(0)) await client.deactivate({ id, name: '', versionId: '' });
	});

	afterAll(async () => {
		await Promise.all([slack, drive, model, crm].map(async (service) => await service?.close()));
	});

	async function publish(workflow: WorkflowJson): Promise<string> {
		const { client } = fixture.testBed.n8n;
		const stored = await client.createWorkflow(workflow);
		live.push(stored.id);
		expect(await client.activate(stored)).toMatchObject({ status: 'published' });
		return stored.id;
	}

	async function executionOf(workflowId: string): Promise<Execution> {
		const { client } = fixture.testBed.n8n;
		const { id } = await waitFor('the workflow to start', async () =>
			(await client.executions(workflowId)).at(-1),
		);
		return await client.executionEnd(id);
	}

	/** Publishes an example with the trigger, lets a fax come in, and waits for its execution. */
	async function receivedBy(name: string, document: Buffer): Promise<Execution> {
		const workflowId = await publish(withChoices(await readExample(name)));
		fixture.testBed.standIn.receiveFax({ from: '+13125550188', to: known.number, document });
		return await executionOf(workflowId);
	}

	describe('received-fax-to-drive-and-slack', () => {
		it('puts the document into the folder, and a link to it into the channel', async () => {
			const document = await pdfDocument({ title: 'Referral', pages: 1 });
			const execution = await receivedBy('received-fax-to-drive-and-slack', document);

			expect(execution).toMatchObject({ status: 'success' });
			expect(drive.files).toMatchObject([
				{
					name: expect.stringMatching(/^\d{4}-\d\d-\d\d fax from \+13125550188 \(.+\)\.pdf$/),
					parents: ['root'],
				},
			]);
			expect(drive.files[0]?.content.equals(document)).toBe(true);
			expect(slack.messages).toMatchObject([
				{
					channel: '#faxes',
					text: expect.stringMatching(/Fax from \+13125550188, 1 page.*drive\.google\.com/),
				},
			]);
		});

		it('says so in the channel where the document could not be fetched', async () => {
			fixture.testBed.standIn.faults.add({ kind: 'error500', on: { path: /\.pdf$/ } });
			const document = await pdfDocument();
			const execution = await receivedBy('received-fax-to-drive-and-slack', document);

			expect(execution).toMatchObject({ status: 'success' });
			expect(drive.files).toEqual([]);
			expect(slack.messages).toMatchObject([
				{ text: expect.stringContaining('without its document') },
			]);
		});
	});

	describe('send-to-a-list', () => {
		const recipients = (...faxes: string[]) => ({
			jsCode: `return ${JSON.stringify(faxes)}.map((fax, n) => ({ json: { name: 'No. ' + n, fax, document: '${known.documentUrl}' } }))`,
		});

		it('faxes all, at most two at the same time, and reports on each', async () => {
			const example = withChoices(await readExample('send-to-a-list'));
			const execution = await fixture.testBed.n8n.client.runWorkflow(
				withParameters(
					example,
					'Recipients',
					recipients('+13125550101', 'unknown', '+1 (312) 555-0102', '+13125550103'),
				),
			);

			expect(execution).toMatchObject({ status: 'success' });
			expect(execution.output('Report').map(({ json }) => json)).toMatchObject([
				{ name: 'No. 0', to: '+13125550101', status: 'delivered', reason: '' },
				{ name: 'No. 1', to: '', status: 'not sent', reason: expect.stringContaining('unknown') },
				{ name: 'No. 2', to: '+13125550102', status: 'delivered', reason: '' },
				{ name: 'No. 3', to: '+13125550103', status: 'delivered', reason: '' },
			]);
			expect(execution.output('Report file')).toMatchObject([
				{ binary: { data: { fileName: 'fax-report.csv' } } },
			]);
		});
	});

	describe('ai-agent-with-approval', () => {
		const letter = 'Dear colleagues,\nplease send us the lab results of last week.';

		/** Asks the agent for a letter, and waits until it asks for the approval of it. */
		async function askForLetter(): Promise<{
			chat: Chat;
			buttons: Record<string, string>;
		}> {
			const tool = { toolParameters: { to: '+13125550101', letter }, hitlParameters: {} };
			model.script(
				{ calls: [{ tool: 'Fax_letter', input: tool }] },
				{ text: 'This is how it went' },
			);
			const workflow = withChoices(await readExample('ai-agent-with-approval'));
			await publish(workflow);
			const trigger = workflow.nodes.find(({ name }) => name === 'When chat message received');
			const { client } = fixture.testBed.n8n;
			const chat = await client.chat(String(trigger?.webhookId), 'Ask for the lab results');
			const { buttons, text } = await waitFor('the message in Slack', () => slack.messages.at(0));
			expect(text).toContain('+13125550101');
			expect(text).toContain('please send us the lab results');
			return { chat, buttons };
		}

		/** Presses a button as a person does in Slack, and waits until the chat has the agent's answer. */
		async function press(url: string, chat: Chat): Promise<void> {
			const { client } = fixture.testBed.n8n;
			expect(fixture.testBed.standIn.faxes.size).toBe(0);
			await client.executionEnd(chat.executionId, { statuses: ['waiting'] });
			await client.openLink(url);
			expect(await client.executionEnd(chat.executionId)).toMatchObject({ status: 'success' });
			expect(chat.answers).toEqual(['This is how it went']);
			chat.close();
		}

		it('faxes the letter that a person has approved', async () => {
			const { chat, buttons } = await askForLetter();
			await press(buttons.Approve, chat);

			const { faxes, requests } = fixture.testBed.standIn;
			expect([...faxes.values()]).toMatchObject([{ to: '+13125550101' }]);
			const [sent] = requests.filter(({ method }) => method === 'POST');
			const contents = sent?.parts?.find(({ name }) => name === 'contents');
			expect(contents?.bytes?.toString()).toBe(letter);
			expect(JSON.stringify(model.asked.at(-1)?.messages)).toContain('queued');
		});

		it('faxes nothing that a person has declined, and tells the agent so', async () => {
			const { chat, buttons } = await askForLetter();
			await press(buttons.Decline, chat);

			expect(fixture.testBed.standIn.requests).toEqual([]);
			expect(model.asked).toHaveLength(2);
			expect(JSON.stringify(model.asked.at(-1)?.messages)).toContain('rejected');
		});
	});

	describe('route-received-faxes', () => {
		it.each([
			['a referral', 'Referral of Jane Doe', '/api/referrals'],
			['a prescription', 'Prescription refill', '/api/prescriptions'],
			['anything else', 'Lunch menu', '/api/inbox'],
		])('hands %s to its process', async (_kind, title, path) => {
			const execution = await receivedBy('route-received-faxes', await pdfDocument({ title }));

			expect(execution).toMatchObject({ status: 'success' });
			expect(crm.requests).toMatchObject([
				{
					method: 'POST',
					path,
					body: { from: '+13125550188', text: expect.stringContaining(title) },
				},
			]);
		});

		it('hands a fax that has no text to a person', async () => {
			const execution = await receivedBy('route-received-faxes', Buffer.from('not a PDF'));

			expect(execution).toMatchObject({ status: 'success' });
			expect(crm.requests).toMatchObject([{ path: '/api/inbox', body: { text: '' } }]);
		});
	});

	describe('daily-audit', () => {
		it('writes one row for each fax of yesterday, also when it runs twice', async () => {
			const { standIn, n8n } = fixture.testBed;
			const yesterday = new Date().setHours(0, 0, 0, 0) - dayMs / 2;
			const received = standIn.addFax({
				direction: 'inbound',
				status: 'received',
				createdAt: yesterday,
				mediaUrl: 'https://files.example.com/secret.pdf',
			});
			const failed = standIn.addFax({
				status: 'failed',
				failureReason: 'user_busy',
				createdAt: yesterday,
			});
			standIn.addFax({ createdAt: yesterday - 2 * dayMs });
			const example = startedBy(await readExample('daily-audit'), 'Audit table');
			await n8n.client.runWorkflow(example);
			const execution = await n8n.client.runWorkflow(example);

			expect(execution).toMatchObject({ status: 'success' });
			const rows = execution.output('Write rows').map(({ json }) => json);
			expect(rows).toHaveLength(2);
			expect(rows).toEqual(
				expect.arrayContaining([
					expect.objectContaining({ fax: received.id, status: 'received', reason: '' }),
					expect.objectContaining({ fax: failed.id, reason: 'The line was busy' }),
				]),
			);
			expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([1, 2]));
			expect(JSON.stringify(rows)).not.toMatch(/https?:|\+1\d{10}/);
		});
	});
}
