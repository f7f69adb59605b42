import type { Settings } from './types';

export type Clock = Pick<Settings, 'clockSkewMs'>;

/** Milliseconds since the epoch by the stand-in's clock. */
export function now(clock: Clock): number {
	return Date.now() + clock.clockSkewMs;
}

/** ISO 8601 with seconds, as faxes carry it. */
export function isoSeconds(ms: number): string {
	return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** ISO 8601 with milliseconds, as applications and media carry it. */
export function isoMilliseconds(ms: number): string {
	return new Date(ms).toISOString();
}

/** ISO 8601 with microseconds, as events carry it. */
export function isoMicroseconds(ms: number): string {
	const micros = String(Math.floor(Math.random() * 1000)).padStart(3, '0');
	return new Date(ms).toISOString().replace('Z', `${micros}Z`);
}
