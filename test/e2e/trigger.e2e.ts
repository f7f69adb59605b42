import { triggerCases } from './cases/trigger';
import { hostileDeliveryCases } from './cases/triggerHostile';
import { useTestBed } from './fixtures';

describe('Telnyx Fax Trigger in a real n8n', () => {
	// Test URLs, too, begin with this one; with WEBHOOK_URL they begin with the editor's address.
	const fixture = useTestBed({ n8n: { env: { N8N_WEBHOOK_URL: 'https://n8n.example.com/' } } });

	describe('The trigger', () => triggerCases(fixture));
	describe('Hostile deliveries', () => hostileDeliveryCases(fixture));
});
