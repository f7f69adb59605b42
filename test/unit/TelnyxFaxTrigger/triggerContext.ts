import type {
	ICredentialDataDecryptedObject,
	IHookFunctions,
	INode,
	INodeParameters,
} from 'n8n-workflow';

import { TelnyxFaxApi } from '../../../credentials/TelnyxFaxApi.credentials';
import { TelnyxFaxTrigger } from '../../../nodes/TelnyxFaxTrigger/TelnyxFaxTrigger.node';
import { hookContext } from '../../support/contexts';
import { Engine } from '../../support/engine';

/** A trigger as its user has set it up. */
export interface TriggerSetup {
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	/** n8n's id of the credential. */
	credentialId?: string;
	node?: Partial<INode>;
}

/** What n8n hands to the trigger when its workflow is activated. */
export function triggerContext({
	parameters = {},
	credential,
	credentialId = 'credential',
	node,
}: TriggerSetup = {}): IHookFunctions {
	const engine = new Engine({
		nodes: [new TelnyxFaxTrigger()],
		credentials: [
			{ type: new TelnyxFaxApi(), data: { apiKey: 'KEY0', publicKey: '', ...credential } },
		],
	});
	const workflow = engine.createWorkflow({
		nodes: [
			{
				name: 'Trigger',
				type: 'telnyxFaxTrigger',
				webhookId: 'the-webhook',
				parameters: { faxApplicationId: { __rl: true, mode: 'id', value: '28' }, ...parameters },
				credentials: { telnyxFaxApi: { id: credentialId, name: 'Telnyx Fax account' } },
				...node,
			},
		],
		connections: {},
	});
	return hookContext(engine, workflow, 'Trigger');
}
