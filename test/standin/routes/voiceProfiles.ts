import { Router } from 'express';
import { z } from 'zod';
import { answer, callOf } from '../calls';
import { badRequest } from '../errors';
import { paginate, queryValue, sortBy, textMatches } from '../lists';
import { addVoiceProfile, type State } from '../state';
import type { VoiceProfile } from '../types';
import { check } from '../validation';

const sortKeys = [
	'enabled',
	'created_at',
	'name',
	'service_plan',
	'traffic_type',
	'usage_payment_method',
];

const createSchema = z.object({
	name: z.string().min(3),
	enabled: z.boolean().optional(),
	whitelisted_destinations: z.array(z.string()).default(['US', 'CA']),
	concurrent_call_limit: z.number().int().nullable().optional(),
	daily_spend_limit: z.string().optional(),
	daily_spend_limit_enabled: z.boolean().optional(),
	tags: z.array(z.string()).optional(),
});

export function voiceProfileRoutes(state: State): Router {
	const router = Router();

	router.get('/outbound_voice_profiles', (req, res) => {
		const sort = queryValue(req, 'sort') ?? '-created_at';
		if (!sortKeys.includes(sort.replace(/^-/, ''))) throw badRequest({ parameter: 'sort' });
		const rows = [...state.voiceProfiles.values()]
			.filter((profile) => textMatches(req, ['filter', 'name'], profile.name))
			.reverse();
		const page = paginate(req, sortBy(rows, sort, sortValue));
		answer(req, res, 200, { ...page, data: page.data.map(resource) });
	});

	router.post('/outbound_voice_profiles', (req, res) => {
		const profile = addVoiceProfile(state, check(createSchema, callOf(req).body));
		answer(req, res, 200, { data: resource(profile) });
	});

	function resource(profile: VoiceProfile): VoiceProfile & { connections_count: number } {
		const applications = [...state.applications.values()];
		const users = applications.filter(
			({ outbound }) => outbound.outbound_voice_profile_id === profile.id,
		);
		return { ...profile, connections_count: users.length };
	}

	return router;
}

function sortValue(profile: VoiceProfile, key: string): string | boolean {
	switch (key) {
		case 'enabled':
			return profile.enabled;
		case 'name':
			return profile.name;
		case 'service_plan':
			return profile.service_plan;
		case 'traffic_type':
			return profile.traffic_type;
		case 'usage_payment_method':
			return profile.usage_payment_method;
		default:
			return profile.created_at;
	}
}
