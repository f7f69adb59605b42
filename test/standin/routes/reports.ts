import { Router } from 'express';
import { answer, pathParameter } from '../calls';
import { isoMicroseconds, isoSeconds } from '../clock';
import { badRequest, notFound } from '../errors';
import { paginate, queryValue, textMatches, timeFilter } from '../lists';
import type { State } from '../state';
import type { Delivery, DeliveryAttempt, Fax } from '../types';

const PRICE_PER_PAGE = 0.007;

/** Webhook deliveries, detail records, balance and who the key belongs to. */
export function reportRoutes(state: State): Router {
	const router = Router();

	router.get('/webhook_deliveries', (req, res) => {
		const types = queryValue(req, 'filter', 'event_type')?.split(',');
		const status = queryValue(req, 'filter', 'status', 'eq');
		const hasStarted = timeFilter(req, ['filter', 'started_at']);
		const hasFinished = timeFilter(req, ['filter', 'finished_at']);
		const rows = state.deliveries
			.filter((delivery) => delivery.status !== 'pending')
			.filter(({ event }) => types === undefined || types.includes(event.event_type))
			.filter((delivery) => status === undefined || delivery.status === status)
			.filter(({ event }) => textMatches(req, ['filter', 'webhook'], JSON.stringify(event)))
			.filter((delivery) =>
				textMatches(req, ['filter', 'attempts'], JSON.stringify(delivery.attempts)),
			)
			.filter(({ startedAt }) => hasStarted(startedAt))
			.filter(({ startedAt, finishedAt }) => hasFinished(finishedAt ?? startedAt))
			.reverse();
		const page = paginate(req, rows);
		answer(req, res, 200, { ...page, data: page.data.map(deliveryResource) });
	});

	router.get('/webhook_deliveries/:id', (req, res) => {
		const id = pathParameter(req, 'id');
		const delivery = state.deliveries.find((one) => one.id === id && one.status !== 'pending');
		if (!delivery) throw notFound();
		answer(req, res, 200, { data: deliveryResource(delivery) });
	});

	router.get('/detail_records', (req, res) => {
		const type = queryValue(req, 'filter', 'record_type');
		if (type === undefined) throw badRequest({ parameter: 'filter[record_type]' });
		const direction = queryValue(req, 'filter', 'direction');
		const isWanted = timeFilter(req, ['filter', 'created_at']);
		const rows = [...state.faxes.values()]
			.filter((fax) => type === 'fax' && ['delivered', 'received'].includes(fax.status))
			.filter((fax) => direction === undefined || fax.direction === direction)
			.filter((fax) => textMatches(req, ['filter', 'cld'], fax.to))
			.filter((fax) => isWanted(fax.createdAt))
			.map(detailRecord);
		answer(req, res, 200, paginate(req, rows, { max: 50 }));
	});

	router.get('/balance', (req, res) => {
		answer(req, res, 200, {
			data: {
				record_type: 'balance',
				balance: '300.00',
				currency: 'USD',
				credit_limit: '100.00',
				available_credit: '400.00',
				pending: '10.00',
			},
		});
	});

	router.get('/whoami', (req, res) => {
		answer(req, res, 200, { data: { organization_id: state.organizationId } });
	});

	function deliveryResource(delivery: Delivery): Record<string, unknown> {
		return {
			id: delivery.id,
			record_type: 'webhook_delivery',
			user_id: state.userId,
			status: delivery.status,
			started_at: isoMicroseconds(delivery.startedAt),
			finished_at: isoMicroseconds(delivery.finishedAt ?? delivery.startedAt),
			webhook: delivery.event,
			attempts: delivery.attempts.map(attemptResource).reverse(),
		};
	}

	return router;
}

function attemptResource(attempt: DeliveryAttempt): Record<string, unknown> {
	const { answer: response } = attempt;
	return {
		status: attempt.delivered ? 'delivered' : 'failed',
		started_at: isoMicroseconds(attempt.startedAt),
		finished_at: isoMicroseconds(attempt.finishedAt ?? attempt.startedAt),
		errors: attempt.delivered ? [] : [75499],
		http: {
			request: { url: attempt.url, headers: Object.entries(attempt.headers) },
			...(response && {
				response: { ...response, headers: Object.entries(response.headers) },
			}),
		},
	};
}

function detailRecord(fax: Fax): Record<string, unknown> {
	return {
		record_type: 'fax',
		id: fax.id,
		direction: fax.direction,
		cli: fax.from,
		cld: fax.to,
		connection_id: fax.connectionId,
		pages: fax.pageCount ?? 0,
		cost: ((fax.pageCount ?? 0) * PRICE_PER_PAGE).toFixed(4),
		currency: 'USD',
		created_at: isoSeconds(fax.createdAt),
	};
}
