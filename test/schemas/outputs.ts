import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { simplifyEvent } from '../../nodes/TelnyxFaxTrigger/events';
import { faxResult } from '../../nodes/TelnyxFax/waiting/result';
import { simplifyFax } from '../../nodes/shared/fax';
import { magicNumbers, pdfDocument } from '../standin';
import type { StandIn } from '../standin';
import { startTelnyx } from '../support/telnyx';

/** What one operation puts out, from several runs that differ in what may differ. */
export interface OperationOutput {
	resource: string;
	operation: string;
	items: IDataObject[];
}

/** A fax with what Telnyx promises in prose, but has in no schema: its pages. */
const faxWithPages = {
	id: '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
	status: 'delivered',
	direction: 'outbound',
	from: '+13125550001',
	to: '+13125550002',
	page_count: 2,
	client_state: 'cGF0aWVudC00NzEx',
	created_at: '2026-11-23T06:00:00Z',
	updated_at: '2026-11-23T06:01:00Z',
};

const finalEvent = {
	payload: { status: 'delivered', page_count: 2, call_duration_secs: 50 },
	occurredAt: '2026-11-23T06:01:00.000000Z',
};

const simplified = [simplifyFax(faxWithPages), simplifyFax({ ...faxWithPages, page_count: null })];

/** What an operation may put out besides what a run on the stand-in shows. */
export const furtherItems: Record<string, IDataObject[]> = {
	'fax/send': simplified,
	'fax/sendAndWaitForResult': [
		faxResult({ fax: faxWithPages, event: finalEvent }),
		// As the time limit leaves a fax that has no result yet.
		faxResult({ fax: { ...faxWithPages, status: 'sending' } }),
	],
	'fax/get': simplified,
	'fax/getAll': simplified,
	'fax/download': simplified,
	'fax/refresh': simplified,
	'fax/cancel': simplified,
};

/** What the trigger puts out for a fax that was received, and for one that could not be sent. */
export function triggerItems(): IDataObject[] {
	const { id, direction, from, to, page_count } = faxWithPages;
	const payloads: Array<[string, IDataObject]> = [
		[
			'fax.received',
			{ fax_id: id, direction: 'inbound', from, to, status: 'received', page_count },
		],
		[
			'fax.failed',
			{
				fax_id: id,
				direction,
				from,
				to,
				status: 'failed',
				failure_reason: 'user_busy',
				client_state: faxWithPages.client_state,
			},
		],
	];
	return payloads.map(([type, payload]) =>
		simplifyEvent({ id, type, payload, occurredAt: finalEvent.occurredAt, raw: {} }),
	);
}

const documentUrl = 'https://documents.example.com/referral.pdf';
const number = '+13125790015';

const byId = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

/** The account's faxes, one of each kind: delivered, failed, on its way, and received. */
async function addFaxes(standIn: StandIn) {
	const common = { from: number, to: '+13125550002', clientState: 'cGF0aWVudC00NzEx' };
	const delivered = standIn.addFax({ ...common, status: 'delivered', pageCount: 2 });
	const failed = standIn.addFax({ ...common, status: 'failed', failureReason: 'user_busy' });
	const sending = standIn.addFax({ ...common, status: 'sending' });
	const received = standIn.receiveFax({
		from: '+13125550188',
		to: number,
		document: await pdfDocument(),
	});
	await standIn.settle();
	return { delivered: delivered.id, failed: failed.id, sending: sending.id, received: received.id };
}

/** Runs every operation of the action node on a stand-in of Telnyx, and returns what they put out. */
export async function operationOutputs(telnyxFax: INodeType): Promise<OperationOutput[]> {
	const telnyx = await startTelnyx({ stepMs: 0 });
	const { standIn } = telnyx;
	const engine = telnyx.createEngine([telnyxFax], { url: 'https://n8n.example.com/' });
	const outputs: OperationOutput[] = [];
	const run = async (resource: string, operation: string, ...cases: INodeParameters[]) => {
		const items: IDataObject[] = [];
		for (const parameters of cases) {
			const { error, items: ofRun } = await engine.runNode({
				parameters: { resource, operation, ...parameters },
			});
			if (error) throw error;
			items.push(...ofRun.map(({ json }) => json));
		}
		outputs.push({ resource, operation, items });
		return items;
	};
	const [applicationId = ''] = standIn.applications.keys();
	const [numberId = ''] = standIn.phoneNumbers.keys();
	const send = (to: string): INodeParameters => ({
		faxApplicationId: byId(applicationId),
		from: { __rl: true, mode: 'number', value: number },
		to,
		documentSource: 'url',
		mediaUrl: documentUrl,
		options: { clientState: 'patient-4711' },
	});
	try {
		standIn.serve(documentUrl, await pdfDocument());
		const faxes = await addFaxes(standIn);
		const cases = Object.values(faxes).map((id) => ({ faxId: byId(id) }));

		await run('fax', 'send', send('+13125550002'));
		await run('fax', 'sendAndWaitForResult', send('+13125550002'), send(magicNumbers.user_busy));
		await run('fax', 'get', ...cases);
		await run('fax', 'getAll', { returnAll: true });
		await run('fax', 'download', { faxId: byId(faxes.received) });
		await run('fax', 'refresh', { faxId: byId(faxes.received) });
		await run('fax', 'cancel', { faxId: byId(faxes.sending) });
		await run('fax', 'delete', { faxId: byId(faxes.delivered) });

		const application = {
			applicationName: 'Clinic intake',
			webhookEventUrl: 'https://example.com/events',
			additionalFields: { tags: 'clinic', webhookTimeoutSecs: 30 },
		};
		const [created] = await run('faxApplication', 'create', application);
		const faxApplicationId = byId(String(created?.id));
		await run(
			'faxApplication',
			'get',
			{ faxApplicationId },
			{ faxApplicationId: byId(applicationId) },
		);
		await run('faxApplication', 'getAll', { returnAll: true });
		await run('faxApplication', 'update', { faxApplicationId, updateFields: { active: true } });
		await run('faxApplication', 'checkSetup', { faxApplicationId: byId(applicationId) });
		await run('faxApplication', 'delete', { faxApplicationId });

		await run('phoneNumber', 'getAll', { returnAll: true });
		await run('phoneNumber', 'assign', {
			phoneNumberId: byId(numberId),
			faxApplicationId: byId(applicationId),
		});
		return outputs;
	} finally {
		await telnyx.close();
	}
}
