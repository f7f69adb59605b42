import './n8nEnvironment';

import { ExternalSecretsProxy } from 'n8n-core';
import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** The public address an n8n under test believes it has unless a test says otherwise. */
export const N8N_URL = 'https://n8n.example.com/';

function unsupported(feature: string) {
	return async (): Promise<never> => {
		throw new Error(`${feature} is not part of the engine under test`);
	};
}

/**
 * What n8n hands to every execution and context: its addresses, its credentials, no database.
 * The URL is n8n's own and ends in a slash.
 */
export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
	url: string,
	overrides: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		externalSecretsProxy: new ExternalSecretsProxy(),
		executeWorkflow: unsupported('Running another workflow'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		logAiEvent: () => undefined,
		startRunnerTask: unsupported('A task runner'),
		variables: {},
		instanceBaseUrl: url,
		restApiUrl: `${url}rest`,
		formBaseUrl: `${url}form`,
		formTestBaseUrl: `${url}form-test`,
		formWaitingBaseUrl: `${url}form-waiting`,
		mcpBaseUrl: `${url}mcp`,
		mcpTestBaseUrl: `${url}mcp-test`,
		webhookBaseUrl: `${url}webhook`,
		webhookTestBaseUrl: `${url}webhook-test`,
		webhookWaitingBaseUrl: `${url}webhook-waiting`,
		...overrides,
	};
}
