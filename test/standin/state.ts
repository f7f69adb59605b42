/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: tells the page what changes */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Background } from './background';
import { isoMilliseconds, isoSeconds, now } from './clock';
import { Faults } from './faults';
import { makeApiKey, numericId } from './ids';
import { Links } from './links';
import { RateLimiter } from './rateLimit';
import { KeyRing } from './signing';
import type {
	Delivery,
	Fax,
	FaxApplication,
	Medium,
	PhoneNumber,
	RecordedRequest,
	Served,
	Settings,
	StandInOptions,
	VoiceProfile,
} from './types';

/** All that one account at Telnyx holds, and what the stand-in remembers about its callers. */
export interface State {
	settings: Settings;
	apiKey: string;
	restrictedApiKey: string;
	userId: string;
	organizationId: string;
	keys: KeyRing;
	faxes: Map<string, Fax>;
	applications: Map<string, FaxApplication>;
	phoneNumbers: Map<string, PhoneNumber>;
	voiceProfiles: Map<string, VoiceProfile>;
	media: Map<string, Medium>;
	deliveries: Delivery[];
	links: Links;
	served: Map<string, Served>;
	hosts: Map<string, string>;
	faults: Faults;
	rateLimiter: RateLimiter;
	requests: RecordedRequest[];
	downloads: RecordedRequest[];
	/** Outbound faxes with a call up: `originated` and `sending`. */
	calls: Set<Fax>;
	/** Outbound faxes that are not final yet. */
	inProgress: Set<Fax>;
	/** Faxes sent so far to each number that is busy at first. */
	busyCounts: Map<string, number>;
	background: Background;
	/** `change` on anything the page shows, `delivered` (Delivery) when one has ended. */
	events: EventEmitter;
}

export function createState(options: StandInOptions): State {
	const settings: Settings = {
		stepMs: options.stepMs ?? 25,
		latencyMs: options.latencyMs ?? 0,
		rateLimit: options.rateLimit,
		afterCancel: options.afterCancel ?? 'failed',
		errorDialect: 'status',
		publicKeyAvailable: true,
		signWithPreviousKey: false,
		linkLifeSecs: 600,
		webhookRetrySteps: [1, 2],
		maxFaxesInProgress: 2000,
		maxConcurrentCalls: Infinity,
		clockSkewMs: 0,
	};
	const events = new EventEmitter();
	events.setMaxListeners(0);
	const state: State = {
		settings,
		apiKey: options.apiKey ?? makeApiKey(),
		restrictedApiKey: makeApiKey(),
		userId: randomUUID(),
		organizationId: randomUUID(),
		keys: new KeyRing(),
		faxes: new Map(),
		applications: new Map(),
		phoneNumbers: new Map(),
		voiceProfiles: new Map(),
		media: new Map(),
		deliveries: [],
		links: new Links(settings),
		served: new Map(),
		hosts: new Map(Object.entries(options.hosts ?? {})),
		faults: new Faults(),
		rateLimiter: new RateLimiter(settings),
		requests: [],
		downloads: [],
		calls: new Set(),
		inProgress: new Set(),
		busyCounts: new Map(),
		background: new Background(),
		events,
	};
	seed(state);
	return state;
}

/** Empties the account and seeds it again; keys, hosts and settings stay. */
export function resetState(state: State): void {
	state.background.stop();
	const collections = [
		state.faxes,
		state.applications,
		state.phoneNumbers,
		state.voiceProfiles,
		state.media,
		state.served,
		state.calls,
		state.inProgress,
		state.busyCounts,
	];
	for (const collection of collections) collection.clear();
	state.deliveries.length = 0;
	state.requests.length = 0;
	state.downloads.length = 0;
	state.links.clear();
	state.faults.clear();
	state.rateLimiter.clear();
	seed(state);
	changed(state);
}

/** One application with a voice profile, two numbers on it and one that is free. */
function seed(state: State): void {
	const profile = addVoiceProfile(state, { name: 'Default' });
	const application = addApplication(state, {
		application_name: 'Front desk',
		outbound: { channel_limit: null, outbound_voice_profile_id: profile.id },
	});
	const assigned = { connection_id: application.id, connection_name: application.application_name };
	addPhoneNumber(state, { phone_number: '+13125790015', ...assigned });
	addPhoneNumber(state, { phone_number: '+13127367276', ...assigned });
	addPhoneNumber(state, { phone_number: '+17733372107' });
}

export function changed(state: State): void {
	state.events.emit('change');
}

export function addVoiceProfile(state: State, fields: Partial<VoiceProfile> = {}): VoiceProfile {
	const time = isoSeconds(now(state.settings));
	const profile: VoiceProfile = {
		id: numericId(),
		record_type: 'outbound_voice_profile',
		name: 'Profile',
		enabled: true,
		traffic_type: 'conversational',
		service_plan: 'global',
		usage_payment_method: 'rate-deck',
		whitelisted_destinations: ['US', 'CA', 'GB', 'DE', 'FR'],
		concurrent_call_limit: null,
		daily_spend_limit: null,
		daily_spend_limit_enabled: false,
		max_destination_rate: null,
		tags: [],
		billing_group_id: null,
		created_at: time,
		updated_at: time,
		...fields,
	};
	state.voiceProfiles.set(profile.id, profile);
	return profile;
}

export function addApplication(state: State, fields: Partial<FaxApplication> = {}): FaxApplication {
	const time = isoMilliseconds(now(state.settings));
	const application: FaxApplication = {
		id: numericId(),
		record_type: 'fax_application',
		application_name: 'Fax application',
		active: true,
		anchorsite_override: 'Latency',
		webhook_event_url: 'https://example.com/unused',
		webhook_event_failover_url: '',
		webhook_timeout_secs: null,
		tags: [],
		inbound: {
			channel_limit: null,
			sip_subdomain: null,
			sip_subdomain_receive_settings: 'from_anyone',
		},
		outbound: { channel_limit: null, outbound_voice_profile_id: null },
		created_at: time,
		updated_at: time,
		...fields,
	};
	state.applications.set(application.id, application);
	changed(state);
	return application;
}

let nextNumber = 2025550100;

export function addPhoneNumber(state: State, fields: Partial<PhoneNumber> = {}): PhoneNumber {
	const time = isoSeconds(now(state.settings));
	const application =
		typeof fields.connection_id === 'string'
			? state.applications.get(fields.connection_id)
			: undefined;
	const number: PhoneNumber = {
		id: numericId(),
		record_type: 'phone_number',
		phone_number: fields.phone_number ?? `+1${nextNumber++}`,
		status: 'active',
		connection_id: null,
		connection_name: application?.application_name ?? null,
		phone_number_type: 'local',
		country_iso_alpha2: 'US',
		tags: [],
		t38_fax_gateway_enabled: true,
		customer_reference: null,
		billing_group_id: null,
		external_pin: null,
		hd_voice_enabled: false,
		purchased_at: time,
		activated_at: time,
		created_at: time,
		updated_at: time,
		...fields,
	};
	state.phoneNumbers.set(number.id, number);
	changed(state);
	return number;
}

export function addFax(state: State, fields: Partial<Fax> = {}): Fax {
	const time = now(state.settings);
	const status = fields.status ?? 'delivered';
	const fax: Fax = {
		id: randomUUID(),
		connectionId: [...state.applications.keys()][0] ?? numericId(),
		direction: 'outbound',
		from: '+13125790015',
		to: '+13127367276',
		fromDisplayName: fields.from ?? '+13125790015',
		storeMedia: false,
		storePreview: false,
		previewFormat: 'tiff',
		quality: 'high',
		t38Enabled: true,
		monochrome: false,
		blackThreshold: 95,
		status,
		history: [status],
		failureReason: null,
		internalFailureReason: null,
		partialContent: false,
		cancelRequested: false,
		createdAt: time,
		updatedAt: time,
		...fields,
	};
	state.faxes.set(fax.id, fax);
	changed(state);
	return fax;
}
