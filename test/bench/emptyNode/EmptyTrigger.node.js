/**
 * A trigger that does nothing: what n8n needs for a call of any node that is not its own Webhook
 * node. It hands the body on, or refuses every call.
 */
class EmptyTrigger {
	description = {
		displayName: 'Empty Trigger',
		name: 'emptyTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Hands on what it gets',
		defaults: { name: 'Empty Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [{ displayName: 'Refuse', name: 'refuse', type: 'boolean', default: false }],
	};

	async webhook() {
		if (this.getNodeParameter('refuse')) {
			this.getResponseObject().status(401).json({ message: 'Unauthorized' });
			return { noWebhookResponse: true };
		}
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}

module.exports = { EmptyTrigger };
