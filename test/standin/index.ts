export { startStandIn } from './standIn';
export { magicNumbers, busyFirst, failureReasons } from './magicNumbers';
export { pdfDocument, tiffDocument } from './documents';
export { trustCertificate } from './trust';
export type {
	Delivery,
	DeliveryAttempt,
	Fax,
	FaxApplication,
	FaxEvent,
	FaxStatus,
	InboundFax,
	Medium,
	PhoneNumber,
	RecordedPart,
	RecordedRequest,
	Settings,
	StandIn,
	StandInOptions,
	VoiceProfile,
} from './types';
export type { ApiFaultKind, FaultRule, WebhookFaultKind } from './faults';
