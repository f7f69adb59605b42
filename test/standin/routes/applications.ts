import { Router, type Request } from 'express';
import { z } from 'zod';
import { answer, callOf, pathParameter } from '../calls';
import { isoMilliseconds, now } from '../clock';
import { ApiError, badRequest, notFound, type Issue } from '../errors';
import { paginate, queryValue, sortBy, textMatches } from '../lists';
import { addApplication, changed, type State } from '../state';
import type { FaxApplication } from '../types';
import { check } from '../validation';

const uri = z
	.string()
	.refine((text) => /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text), {
		message: 'The URL is not valid',
	});

const channelLimit = z.number().int().nullable().optional();

const fields = {
	application_name: z.string().min(1),
	webhook_event_url: uri,
	active: z.boolean().optional(),
	anchorsite_override: z
		.enum([
			'Latency',
			'Chicago, IL',
			'Ashburn, VA',
			'San Jose, CA',
			'Sydney, Australia',
			'Amsterdam, Netherlands',
			'London, UK',
			'Toronto, Canada',
			'Vancouver, Canada',
			'Frankfurt, Germany',
		])
		.optional(),
	webhook_event_failover_url: z
		.union([uri, z.literal('')])
		.nullable()
		.optional(),
	webhook_timeout_secs: z.number().int().min(0).max(30).nullable().optional(),
	tags: z.array(z.string()).optional(),
	inbound: z
		.object({
			channel_limit: channelLimit,
			sip_subdomain: z.string().nullable().optional(),
			sip_subdomain_receive_settings: z.enum(['only_my_connections', 'from_anyone']).optional(),
		})
		.optional(),
	outbound: z
		.object({
			channel_limit: channelLimit,
			outbound_voice_profile_id: z.string().optional(),
		})
		.optional(),
};

const createSchema = z.object(fields);
const updateSchema = z.object({ ...fields, fax_email_recipient: z.string().nullable().optional() });

const sortKeys = ['created_at', 'application_name', 'active'];

export function applicationRoutes(state: State): Router {
	const router = Router();

	router.get('/fax_applications', (req, res) => {
		const contains = queryValue(req, 'filter', 'application_name', 'contains');
		if (contains !== undefined && contains.length < 3) {
			throw badRequest({ parameter: 'filter[application_name][contains]' });
		}
		const sort = queryValue(req, 'sort') ?? '-created_at';
		if (!sortKeys.includes(sort.replace(/^-/, ''))) throw badRequest({ parameter: 'sort' });
		const profile = queryValue(req, 'filter', 'outbound_voice_profile_id');
		const rows = [...state.applications.values()]
			.filter((one) => textMatches(req, ['filter', 'application_name'], one.application_name))
			.filter((one) => !profile || one.outbound.outbound_voice_profile_id === profile)
			.reverse();
		answer(req, res, 200, paginate(req, sortBy(rows, sort, sortValue)));
	});

	router.post('/fax_applications', (req, res) => {
		const { body, record } = callOf(req);
		record.ignoredFields = Object.keys(body).filter((name) => !(name in fields));
		const values = check(createSchema, body, profileIssues(body));
		const application = addApplication(state, {});
		merge(application, values);
		answer(req, res, 201, { data: application });
	});

	router.get('/fax_applications/:id', (req, res) => {
		answer(req, res, 200, { data: find(req) });
	});

	router.patch('/fax_applications/:id', (req, res) => {
		const application = find(req);
		const { body, record } = callOf(req);
		record.ignoredFields = Object.keys(body).filter((name) => !(name in updateSchema.shape));
		merge(application, check(updateSchema, body, profileIssues(body)));
		for (const number of state.phoneNumbers.values()) {
			if (number.connection_id === application.id) {
				number.connection_name = application.application_name;
			}
		}
		answer(req, res, 200, { data: application });
	});

	router.delete('/fax_applications/:id', (req, res) => {
		const application = find(req);
		const numbers = [...state.phoneNumbers.values()];
		if (numbers.some((number) => number.connection_id === application.id)) {
			const detail = 'The fax application is in use by phone numbers.';
			throw new ApiError(422, [{ code: '10021', detail }]);
		}
		state.applications.delete(application.id);
		changed(state);
		answer(req, res, 200, { data: application });
	});

	function find(req: Request): FaxApplication {
		const application = state.applications.get(pathParameter(req, 'id'));
		if (!application) throw notFound();
		return application;
	}

	function profileIssues(body: Record<string, unknown>): Issue[] {
		const parsed = z
			.object({ outbound: z.object({ outbound_voice_profile_id: z.string() }) })
			.safeParse(body);
		const id = parsed.success ? parsed.data.outbound.outbound_voice_profile_id : '';
		if (id === '' || state.voiceProfiles.has(id)) return [];
		const pointer = '/outbound/outbound_voice_profile_id';
		return [{ code: '10017', detail: 'The outbound voice profile does not exist', pointer }];
	}

	function merge(application: FaxApplication, values: z.infer<typeof updateSchema>): void {
		const { inbound, outbound, ...rest } = values;
		Object.assign(application, rest, { updated_at: isoMilliseconds(now(state.settings)) });
		Object.assign(application.inbound, inbound);
		Object.assign(application.outbound, outbound);
		changed(state);
	}

	return router;
}

function sortValue(application: FaxApplication, key: string): string | boolean {
	if (key === 'application_name') return application.application_name;
	return key === 'active' ? application.active : application.created_at;
}
