/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n: reads the environment that a child process needs */

/** The stand-in for Telnyx as far as n8n has to know it. */
export interface TelnyxStandIn {
	/** The proxy that answers as https://api.telnyx.com. */
	proxyUrl: string;
	/** PEM file of the certificate authority that the proxy signs with. */
	caFile: string;
}

/** Where n8n keeps the content of binary fields. */
export type BinaryDataMode = 'filesystem' | 'database' | 'default';

/** What the environment of an n8n depends on. */
export interface EnvironmentOptions {
	userFolder: string;
	port: number;
	/** Loopback port on which the main process talks to its task runner. */
	taskBrokerPort: number;
	/** The address that the outside world would reach webhooks at. */
	webhookUrl: string;
	standIn?: TelnyxStandIn;
	binaryDataMode?: BinaryDataMode;
}

// The developer's own N8N_* settings must not reach the n8n under test; these it needs to run.
const inherited = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ'];

/** The complete environment for the processes of one n8n on SQLite, without calls to n8n's maker. */
export function n8nEnvironment(options: EnvironmentOptions): Record<string, string> {
	const environment: Record<string, string> = {
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(options.port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${options.port}`,
		WEBHOOK_URL: options.webhookUrl,
		N8N_RUNNERS_BROKER_PORT: String(options.taskBrokerPort),
		// Safari and plain HTTP would otherwise refuse the login.
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LOG_LEVEL: 'info',
	};
	for (const name of inherited) {
		const value = process.env[name];
		if (value !== undefined) environment[name] = value;
	}
	if (options.binaryDataMode) {
		environment.N8N_DEFAULT_BINARY_DATA_MODE = options.binaryDataMode;
		// n8n 1 takes only modes that are listed.
		environment.N8N_AVAILABLE_BINARY_DATA_MODES = 'filesystem,database';
	}
	if (options.standIn) {
		environment.HTTPS_PROXY = options.standIn.proxyUrl;
		environment.NO_PROXY = 'localhost,127.0.0.1,::1';
		environment.NODE_EXTRA_CA_CERTS = options.standIn.caFile;
	}
	return environment;
}
