/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n: finds the workflow files beside it */
import { startTestBed } from '../n8n/testBed';
import type { TestBed, TestBedOptions } from '../n8n/testBed';
import type { WaitOptions } from '../n8n/waitFor';
import type { Execution } from '../n8n/execution';
import { readWorkflow } from '../n8n/workflow';
import type { WorkflowJson } from '../n8n/workflow';
import { pdfDocument } from '../standin';
import { makeDocument } from '../standin/documents';

/** What the workflow files refer to by its id. */
export const known = {
	applicationId: '2801234567890123456',
	/** The application's number. */
	number: '+13125790100',
	/** A number of the account that belongs to no application yet. */
	freeNumberId: '2809876543210987654',
	faxId: '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
	documentUrl: 'https://files.example.com/referral.pdf',
};

/** The one test bed of a test file, for its cases. */
export interface Fixture {
	/** The running test bed; only inside hooks and tests. */
	readonly testBed: TestBed;
	/** The PDF that `known.documentUrl` leads to. */
	readonly document: Buffer;
	/** Has the stand-in receive a fax to the application, and returns its document. */
	receiveFax(): Promise<Buffer>;
	/** Puts `document` into Media Storage under a name. */
	storeMedium(name: string): Promise<void>;
	/** Runs `workflows/<name>.json` to its end, after `change`. */
	run(
		name: string,
		change?: (workflow: WorkflowJson) => WorkflowJson,
		options?: WaitOptions,
	): Promise<Execution>;
}

/** Whether the fixture's n8n is of the 1.x line, whose own behaviour differs here and there. */
export function isN8n1({ testBed }: Fixture): boolean {
	return testBed.n8n.version.startsWith('1.');
}

/**
 * Boots one test bed before the tests of a file and ends it after them. Before each test the
 * stand-in holds what the workflow files refer to, and nothing of the tests before.
 */
export function useTestBed(options?: TestBedOptions): Fixture {
	let testBed: TestBed;
	let document: Buffer;

	beforeAll(async () => {
		testBed = await startTestBed(options);
		document = await pdfDocument({ title: 'Referral', pages: 2 });
		// The first time, n8n has to be installed.
	}, 20 * 60_000);

	beforeEach(() => {
		const { standIn } = testBed;
		standIn.reset();
		const [profile] = standIn.voiceProfiles.values();
		standIn.addApplication({
			id: known.applicationId,
			application_name: 'Referrals',
			webhook_event_url: 'https://crm.example.com/fax',
			outbound: { channel_limit: null, outbound_voice_profile_id: profile?.id ?? null },
		});
		standIn.addPhoneNumber({ phone_number: known.number, connection_id: known.applicationId });
		standIn.addPhoneNumber({ id: known.freeNumberId, phone_number: '+13125790199' });
		standIn.serve(known.documentUrl, document, 'application/pdf');
	});

	afterAll(async () => {
		await testBed?.close();
	});

	return {
		get testBed() {
			return testBed;
		},
		get document() {
			return document;
		},
		receiveFax: async () => {
			const received = await pdfDocument({ title: 'Answer', pages: 1 });
			testBed.standIn.receiveFax({ from: '+13125550188', to: known.number, document: received });
			await testBed.standIn.settle();
			return received;
		},
		storeMedium: async (name) => {
			const now = Date.now();
			testBed.standIn.media.set(name, {
				name,
				document: makeDocument(document, 'application/pdf', name),
				createdAt: now,
				updatedAt: now,
				expiresAt: now + 3_600_000,
			});
		},
		run: async (name, change = (workflow) => workflow, waitOptions) => {
			const workflow = await readWorkflow(`${__dirname}/workflows/${name}.json`);
			return await testBed.n8n.client.runWorkflow(change(workflow), waitOptions);
		},
	};
}
