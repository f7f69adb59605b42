import type { StandIn } from '../../standin';
import { withParameters } from '../../n8n/workflow';
import type { WorkflowJson } from '../../n8n/workflow';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';

const checks = [
	'API key',
	'Fax application',
	'Outbound voice profile',
	'Webhook URL',
	'Phone number',
	'Address of this n8n',
	'Public key',
	'Recent faxes',
];

/** One thing that may be wrong with a setup, and how the check shows it. */
interface Fault {
	check: string;
	status: 'warning' | 'problem';
	finding: RegExp;
	nextStep: RegExp;
	cause: (standIn: StandIn) => void;
}

function application(standIn: StandIn) {
	const found = standIn.applications.get(known.applicationId);
	if (!found) throw new Error('The stand-in has no such application');
	return found;
}

function number(standIn: StandIn) {
	const found = [...standIn.phoneNumbers.values()].find(
		({ phone_number }) => phone_number === known.number,
	);
	if (!found) throw new Error('The stand-in has no such number');
	return found;
}

const faults: Array<[string, Fault]> = [
	[
		'an application that is switched off',
		{
			check: 'Fax application',
			status: 'problem',
			finding: /"Referrals" is not active/,
			nextStep: /Activate it/,
			cause: (standIn) => void (application(standIn).active = false),
		},
	],
	[
		'an application without an outbound voice profile',
		{
			check: 'Outbound voice profile',
			status: 'problem',
			finding: /receive but not send/,
			nextStep: /Create an outbound voice profile/,
			cause: (standIn) => void (application(standIn).outbound.outbound_voice_profile_id = null),
		},
	],
	[
		'a profile that is disabled',
		{
			check: 'Outbound voice profile',
			status: 'problem',
			finding: /is disabled/,
			nextStep: /Enable/,
			cause: (standIn) => {
				for (const profile of standIn.voiceProfiles.values()) profile.enabled = false;
			},
		},
	],
	[
		'a number that belongs to another application',
		{
			check: 'Phone number',
			status: 'problem',
			finding: /not assigned to this fax application/,
			nextStep: /Assign to Fax Application/,
			cause: (standIn) => void (number(standIn).connection_id = null),
		},
	],
	[
		'a number that is not active yet',
		{
			check: 'Phone number',
			status: 'problem',
			finding: /"port-pending"/,
			nextStep: /Telnyx portal/,
			cause: (standIn) => void (number(standIn).status = 'port-pending'),
		},
	],
	[
		'a number of another account',
		{
			check: 'Phone number',
			status: 'problem',
			finding: /does not belong to this Telnyx account/,
			nextStep: /Check the number/,
			cause: (standIn) => void standIn.phoneNumbers.delete(number(standIn).id),
		},
	],
	[
		'events that go elsewhere',
		{
			check: 'Webhook URL',
			status: 'warning',
			finding: /crm\.example\.com.*not this n8n/,
			nextStep: /publish its workflow/,
			cause: (standIn) => {
				application(standIn).webhook_event_url = 'https://crm.example.com/fax';
			},
		},
	],
	[
		'a webhook URL that Telnyx cannot reach',
		{
			check: 'Webhook URL',
			status: 'problem',
			finding: /cannot reach http:\/\/localhost/,
			nextStep: /N8N_WEBHOOK_URL/,
			cause: (standIn) => {
				application(standIn).webhook_event_url = 'http://localhost:5678/webhook/fax';
			},
		},
	],
	[
		'a public key that cannot be had',
		{
			check: 'Public key',
			status: 'problem',
			finding: /./,
			nextStep: /./,
			cause: (standIn) => void (standIn.publicKeyAvailable = false),
		},
	],
	[
		'faxes that failed lately, with their meaning',
		{
			check: 'Recent faxes',
			status: 'warning',
			finding: /1 of the last 1 failed with user_busy: The line was busy/,
			nextStep: /./,
			cause: (standIn) => {
				standIn.addFax({
					connectionId: known.applicationId,
					status: 'failed',
					failureReason: 'user_busy',
				});
			},
		},
	],
	[
		'a part of Telnyx that does not answer',
		{
			check: 'Outbound voice profile',
			status: 'problem',
			finding: /./,
			nextStep: /try again later/,
			cause: (standIn) => {
				standIn.faults.add({ kind: 'error500', on: { path: /outbound_voice_profiles/ } });
			},
		},
	],
];

/** "Why does it not work?", asked of setups with one fault each. */
export function checkSetupCases(fixture: Fixture): void {
	async function findings(change?: (workflow: WorkflowJson) => WorkflowJson) {
		const execution = await fixture.run('check-setup', change);
		expect(execution).toMatchObject({ status: 'success' });
		return execution.output('Telnyx Fax').map(({ json }) => json);
	}

	beforeEach(() => {
		const { standIn } = fixture.testBed;
		application(standIn).webhook_event_url = 'https://n8n.example.com/webhook/1/webhook';
	});

	afterEach(() => void (fixture.testBed.standIn.publicKeyAvailable = true));

	it('finds nothing wrong with a setup that works', async () => {
		const found = await findings();

		expect(found.map(({ check }) => check)).toEqual(checks);
		expect(found.map(({ status, nextStep }) => [status, nextStep])).toEqual(
			checks.map(() => ['ok', '']),
		);
	});

	it.each(faults)('finds %s, says what to do, and nothing else', async (_what, fault) => {
		fault.cause(fixture.testBed.standIn);
		const wrong = (await findings()).filter(({ status }) => status !== 'ok');

		expect(wrong).toEqual([
			{
				check: fault.check,
				status: fault.status,
				finding: expect.stringMatching(fault.finding),
				nextStep: expect.stringMatching(fault.nextStep),
			},
		]);
	});

	it('says that Telnyx does not know the key, and asks nothing further', async () => {
		const { client } = fixture.testBed.n8n;
		const { id, name } = await client.createCredential('Wrong key', 'telnyxFaxApi', {
			apiKey: 'KEY_FROM_NOWHERE',
		});
		const found = await findings((workflow) => ({
			...workflow,
			nodes: workflow.nodes.map((node) =>
				node.credentials === undefined
					? node
					: { ...node, credentials: { telnyxFaxApi: { id, name } } },
			),
		}));

		expect(found).toEqual([
			{
				check: 'API key',
				status: 'problem',
				finding: expect.stringContaining('Authentication failed'),
				nextStep: 'Check the API key in the credential',
			},
		]);
	});

	it('says that the application does not exist', async () => {
		const found = await findings((workflow) =>
			withParameters(workflow, 'Telnyx Fax', {
				faxApplicationId: { __rl: true, mode: 'id', value: '2800000000000000000' },
			}),
		);

		expect(found).toContainEqual({
			check: 'Fax application',
			status: 'problem',
			finding: expect.stringContaining('Not Found'),
			nextStep: expect.stringContaining('Check the ID'),
		});
	});
}
