/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n: serves a file and paces updates */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Router } from 'express';
import type { State } from './state';

const ROWS = 40;
const PACE_MS = 100;

/** What the page shows: no keys, no documents. */
function snapshot(state: State): unknown {
	return {
		applications: [...state.applications.values()].map((application) => ({
			id: application.id,
			name: application.application_name,
			url: application.webhook_event_url,
			numbers: [...state.phoneNumbers.values()]
				.filter((number) => number.connection_id === application.id)
				.map((number) => number.phone_number),
		})),
		faxes: [...state.faxes.values()]
			.slice(-ROWS)
			.reverse()
			.map((fax) => ({
				id: fax.id,
				direction: fax.direction,
				from: fax.from,
				to: fax.to,
				status: fax.status,
				pages: fax.pageCount ?? null,
				reason: fax.failureReason,
				at: fax.createdAt,
			})),
		deliveries: state.deliveries
			.slice(-ROWS)
			.reverse()
			.map((delivery) => ({
				event: delivery.event.event_type,
				faxId: delivery.faxId ?? null,
				status: delivery.status,
				attempts: delivery.attempts.length,
				url: delivery.attempts.at(-1)?.url ?? '',
				answer: delivery.attempts.at(-1)?.answer?.status ?? null,
				error: delivery.attempts.at(-1)?.error ?? null,
				at: delivery.startedAt,
			})),
		totals: {
			calls: state.requests.length,
			faxes: state.faxes.size,
			deliveries: state.deliveries.length,
		},
	};
}

/** The page at `/` and the server-sent events that keep it up to date. */
export function pageRoutes(state: State): Router {
	const router = Router();
	const html = readFileSync(join(__dirname, 'page.html'), 'utf8');

	router.get('/', (_req, res) => {
		res.type('html').send(html);
	});

	router.get('/events', (req, res) => {
		res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		let due: NodeJS.Timeout | undefined;
		const send = () => {
			due = undefined;
			res.write(`data: ${JSON.stringify(snapshot(state))}\n\n`);
		};
		const schedule = () => {
			due ??= setTimeout(send, PACE_MS).unref();
		};
		state.events.on('change', schedule);
		req.on('close', () => {
			clearTimeout(due);
			state.events.off('change', schedule);
		});
		send();
	});

	return router;
}
