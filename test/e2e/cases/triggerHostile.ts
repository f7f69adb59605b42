import { Agent, request } from 'undici';

import {
	faxReceived,
	hostileDeliveries,
	unreadableDeliveries,
} from '../../engine/trigger/hostileDeliveries';
import type { HostileRequest } from '../../engine/trigger/hostileDeliveries';
import { waitFor } from '../../n8n/waitFor';
import { known } from '../fixtures';
import type { Fixture } from '../fixtures';
import { triggerWorkflow } from './triggerWorkflow';
import type { TriggerWorkflow } from './triggerWorkflow';

/** Deliveries that Telnyx did not make, against n8n's own endpoint. */
export function hostileDeliveryCases(fixture: Fixture): void {
	const dispatcher = new Agent();
	let workflow: TriggerWorkflow;
	let healthy = 0;

	const sign = (rawBody: string, timestamp?: number) =>
		fixture.testBed.standIn.sign(rawBody, timestamp);

	async function post({ headers, body }: HostileRequest): Promise<number> {
		const answer = await request(`${fixture.testBed.n8n.url}${workflow.path}`, {
			method: 'POST',
			dispatcher,
			headers: Object.entries(headers).flatMap(([name, values]) =>
				[values].flat().flatMap((value) => [name, value]),
			),
			body,
		});
		await answer.body.dump();
		return answer.statusCode;
	}

	async function expectHealthyOne(): Promise<void> {
		const body = JSON.stringify(faxReceived(known.applicationId));
		const headers = { 'content-type': 'application/json', ...sign(body) };
		expect(await post({ headers, body })).toBe(200);
		healthy++;
		const started = await waitFor('an execution', async () => {
			const executions = await workflow.executions();
			return executions.length >= healthy ? executions : undefined;
		});
		// One more would be that of the hostile delivery before it.
		expect(started).toHaveLength(healthy);
	}

	beforeAll(async () => {
		// The test bed is up by now; the application is there again before each test.
		workflow = await triggerWorkflow(fixture, {
			options: { webhookRegistration: 'manual' },
		});
		await workflow.activate();
	});

	afterAll(async () => {
		await workflow?.deactivate();
		await dispatcher.close();
	});

	it.each(hostileDeliveries)(
		'are refused and start nothing, and a healthy one right after works: $name',
		async (delivery) => {
			const status = await post(delivery.request(sign, known.applicationId));
			expect(status).toBeGreaterThanOrEqual(400);
			expect(status).toBeLessThan(500);
			await expectHealthyOne();
		},
	);

	it.each(unreadableDeliveries)(
		'that n8n cannot read start nothing, and a healthy one right after works: $name',
		async (delivery) => {
			expect(await post(delivery.request(sign, known.applicationId))).toBeGreaterThanOrEqual(400);
			await expectHealthyOne();
		},
	);
}
