import './n8nEnvironment';

import { ExternalSecretsProxy } from 'n8n-core';
import type { ICredentialsHelper, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** The public address an n8n under test believes it has. */
export const N8N_URL = 'https://n8n.example.com/';

function unsupported(feature: string) {
	return async (): Promise<never> => {
		throw new Error(`${feature} is not part of the engine under test`);
	};
}

/** What n8n hands to every execution and context: its addresses, its credentials, no database. */
export function createAdditionalData(
	credentialsHelper: ICredentialsHelper,
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
		instanceBaseUrl: N8N_URL,
		restApiUrl: `${N8N_URL}rest`,
		formBaseUrl: `${N8N_URL}form`,
		formTestBaseUrl: `${N8N_URL}form-test`,
		formWaitingBaseUrl: `${N8N_URL}form-waiting`,
		mcpBaseUrl: `${N8N_URL}mcp`,
		mcpTestBaseUrl: `${N8N_URL}mcp-test`,
		webhookBaseUrl: `${N8N_URL}webhook`,
		webhookTestBaseUrl: `${N8N_URL}webhook-test`,
		webhookWaitingBaseUrl: `${N8N_URL}webhook-waiting`,
		...overrides,
	};
}
