import type { Document } from './documents';
import type { Faults } from './faults';

export type Direction = 'inbound' | 'outbound';

export type FaxStatus =
	| 'queued'
	| 'media.processed'
	| 'originated'
	| 'sending'
	| 'delivered'
	| 'failed'
	| 'initiated'
	| 'receiving'
	| 'media.processing'
	| 'received';

export type Quality = 'normal' | 'high' | 'very_high' | 'ultra_light' | 'ultra_dark';

/** One fax as the stand-in keeps it; `routes/faxes.ts` turns it into Telnyx's JSON. */
export interface Fax {
	id: string;
	connectionId: string;
	direction: Direction;
	from: string;
	to: string;
	fromDisplayName: string;
	callerId?: string;
	/** What the sender named as source: one URL or a list; absent with a name or an upload. */
	sourceUrl?: string | string[];
	mediaName?: string;
	/** The bytes to send or received; dropped after processing unless a link serves them. */
	document?: Document;
	storeMedia: boolean;
	storePreview: boolean;
	previewFormat: 'pdf' | 'tiff';
	quality: Quality;
	t38Enabled: boolean;
	monochrome: boolean;
	blackThreshold: number;
	clientState?: string;
	/** Only set when the request named one; it then wins over the application's. */
	webhookUrl?: string;
	status: FaxStatus;
	/** Every status the fax went through, oldest first. */
	history: FaxStatus[];
	failureReason: string | null;
	internalFailureReason: string | null;
	pageCount?: number;
	callDurationSecs?: number;
	partialContent: boolean;
	/** Links into the media host; `mediaUrl` is that of a received document. */
	mediaUrl?: string;
	storedMediaUrl?: string;
	previewUrl?: string;
	cancelRequested: boolean;
	/** Milliseconds since the epoch, by the stand-in's clock. */
	createdAt: number;
	updatedAt: number;
}

export interface FaxApplication {
	id: string;
	record_type: 'fax_application';
	application_name: string;
	active: boolean;
	anchorsite_override: string;
	webhook_event_url: string;
	webhook_event_failover_url: string | null;
	webhook_timeout_secs: number | null;
	fax_email_recipient?: string | null;
	tags: string[];
	inbound: {
		channel_limit: number | null;
		sip_subdomain: string | null;
		sip_subdomain_receive_settings: 'only_my_connections' | 'from_anyone';
	};
	outbound: { channel_limit: number | null; outbound_voice_profile_id: string | null };
	created_at: string;
	updated_at: string;
}

export interface PhoneNumber {
	id: string;
	record_type: 'phone_number';
	phone_number: string;
	status: string;
	connection_id: string | null;
	connection_name: string | null;
	phone_number_type: string;
	country_iso_alpha2: string;
	tags: string[];
	t38_fax_gateway_enabled: boolean;
	customer_reference: string | null;
	billing_group_id: string | null;
	external_pin: string | null;
	hd_voice_enabled: boolean;
	purchased_at: string;
	activated_at: string;
	created_at: string;
	updated_at: string;
}

export interface VoiceProfile {
	id: string;
	record_type: 'outbound_voice_profile';
	name: string;
	enabled: boolean;
	traffic_type: string;
	service_plan: string;
	usage_payment_method: string;
	whitelisted_destinations: string[];
	concurrent_call_limit: number | null;
	daily_spend_limit: string | null;
	daily_spend_limit_enabled: boolean;
	max_destination_rate: number | null;
	tags: string[];
	billing_group_id: string | null;
	created_at: string;
	updated_at: string;
}

/** A file in Media Storage. Times are milliseconds since the epoch. */
export interface Medium {
	name: string;
	document: Document;
	createdAt: number;
	updatedAt: number;
	expiresAt: number;
}

export interface FaxEvent {
	event_type: string;
	id: string;
	occurred_at: string;
	payload: Record<string, unknown>;
	record_type: 'event';
}

/** One try to hand an event to one URL. */
export interface DeliveryAttempt {
	/** Counts over both URLs, from 1. */
	attempt: number;
	url: string;
	/** The request as sent; `body` is the signed text. */
	headers: Record<string, string>;
	body: string;
	/** Milliseconds since the epoch, by the stand-in's clock. */
	startedAt: number;
	finishedAt?: number;
	answer?: { status: number; headers: Record<string, string | string[]>; body: string };
	/** Why it counts as failed: no connection, a timeout, an answer other than 2xx. */
	error?: string;
	delivered: boolean;
}

export interface Delivery {
	id: string;
	event: FaxEvent;
	faxId?: string;
	status: 'pending' | 'delivered' | 'failed';
	attempts: DeliveryAttempt[];
	startedAt: number;
	finishedAt?: number;
}

export interface RecordedPart {
	name: string;
	/** Set on a plain field. */
	value?: string;
	/** Set on a file. */
	filename?: string;
	contentType?: string;
	/** Bytes. */
	size?: number;
	sha256?: string;
	/** The content itself, kept up to 256 KiB. */
	bytes?: Buffer;
}

export interface RecordedRequest {
	method: string;
	host: string;
	/** Path without the query, with `/v2`. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string | string[] | undefined>;
	/** Parsed JSON or form body. */
	json?: unknown;
	parts?: RecordedPart[];
	/** Body fields the documented operation does not know and therefore ignored. */
	ignoredFields: string[];
	/** Milliseconds since the epoch. */
	at: number;
	finishedAt?: number;
	/** Number of the client's connection; equal numbers mean keep-alive. */
	connection: number;
	/** Calls in progress when this one came in, itself included. */
	inFlight: number;
	/** Status of the answer; absent when none went out. */
	status?: number;
	/** The fault that was played on it. */
	fault?: string;
}

/** What may be changed on a running stand-in by assignment. */
export interface Settings {
	/** Pace of the life cycles and of webhook retries, in milliseconds. */
	stepMs: number;
	/** Delay before every API answer, in milliseconds. */
	latencyMs: number;
	/** Quota per endpoint; windows are tied to the clock. */
	rateLimit?: { limit: number; windowMs: number };
	afterCancel: 'failed' | 'ignored';
	/** Dialect of 404 and 422: the HTTP status as code, or Telnyx's five-digit codes. */
	errorDialect: 'status' | 'codes';
	/** False makes `/public_key` answer 404. */
	publicKeyAvailable: boolean;
	/** Sign with the key before the last rotation, which Telnyx may do for an hour. */
	signWithPreviousKey: boolean;
	/** Life of a pre-signed link in seconds. */
	linkLifeSecs: number;
	/** Replaces every application's `webhook_timeout_secs`; milliseconds. */
	webhookTimeoutMs?: number;
	/** Pauses between the tries at one URL, in multiples of `stepMs`. */
	webhookRetrySteps: number[];
	/** Outbound faxes in processing at the same time; above it 429. */
	maxFaxesInProgress: number;
	/** Concurrent calls of the account; above it `user_channel_limit_exceeded`. */
	maxConcurrentCalls: number;
	/** What the stand-in's clock is ahead of this machine's, in milliseconds. */
	clockSkewMs: number;
}

export interface StandInOptions {
	/** Port on 127.0.0.1 of the page and the proxy; any free one by default. */
	port?: number;
	stepMs?: number;
	latencyMs?: number;
	rateLimit?: { limit: number; windowMs: number };
	apiKey?: string;
	afterCancel?: 'failed' | 'ignored';
	/** Public host name (with port if not the scheme's) to the origin that plays it. */
	hosts?: Record<string, string>;
}

export interface InboundFax {
	to: string;
	from: string;
	/** PDF or TIFF bytes; by default a real PDF with `pages` pages. */
	document?: Buffer;
	/** Pages of the default document, 2 unless told. */
	pages?: number;
	failureReason?: string;
	partial?: boolean;
	callerId?: string;
}

export interface ManualDelivery {
	url: string;
	/** Changes body or headers after signing, to forge. */
	mutate?: (request: { headers: Record<string, string>; body: string }) => void;
	/** Unix seconds to sign with instead of now. */
	timestamp?: number;
}

export type Served =
	{ bytes: Buffer; contentType: string } | { redirect: string } | { status: number };

export interface StandIn extends Settings {
	pageUrl: string;
	/** For `HTTPS_PROXY`. */
	proxyUrl: string;
	/** Port of the TLS server the proxy leads to. */
	tlsPort: number;
	/** PEM. */
	caCertificate: string;
	/** The same in a file, for `NODE_EXTRA_CA_CERTS`. */
	caFile: string;
	apiKey: string;
	/** A valid key without the right to fax: 403. */
	restrictedApiKey: string;
	/** Base64 of the 32 bytes of the key in use. */
	readonly publicKey: string;
	/** Makes a new signing key the current one; the one before stays in `signWithPreviousKey`. */
	rotateKey(): string;
	/** API calls, in order of arrival. */
	requests: RecordedRequest[];
	/** Reads of the media host and of served documents. */
	downloads: RecordedRequest[];
	faxes: Map<string, Fax>;
	applications: Map<string, FaxApplication>;
	phoneNumbers: Map<string, PhoneNumber>;
	voiceProfiles: Map<string, VoiceProfile>;
	media: Map<string, Medium>;
	deliveries: Delivery[];
	faults: Faults;
	hosts: Map<string, string>;
	addApplication(fields?: Partial<FaxApplication>): FaxApplication;
	addPhoneNumber(fields?: Partial<PhoneNumber>): PhoneNumber;
	addVoiceProfile(fields?: Partial<VoiceProfile>): VoiceProfile;
	/** Adds a finished or running fax without its life cycle, to fill lists. */
	addFax(fields?: Partial<Fax>): Fax;
	/** Starts an inbound life cycle. */
	receiveFax(fax: InboundFax): Fax;
	/** Signs and posts one event by hand, once; loopback URLs are allowed here. */
	deliver(event: Partial<FaxEvent>, options: ManualDelivery): Promise<DeliveryAttempt>;
	/** Headers of a signed webhook; `timestamp` in unix seconds, now by default. */
	sign(rawBody: string, timestamp?: number): Record<string, string>;
	/** Puts a document, a redirect or an error at a public URL. */
	serve(
		url: string,
		answer: Buffer | { redirect: string } | { status: number },
		contentType?: string,
	): void;
	/** Expires the links given out so far: of one fax, or all. */
	expireLinks(faxId?: string): void;
	/** Expires a stored medium, or all. */
	expireMedia(name?: string): void;
	/** Resolves when all life cycles and deliveries have ended. */
	settle(): Promise<void>;
	/** Back to the seed; keys, ports, hosts and settings stay. */
	reset(): void;
	close(): Promise<void>;
}
