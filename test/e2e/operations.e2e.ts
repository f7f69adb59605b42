import { credentialCases } from './cases/credential';
import { downloadCases } from './cases/download';
import { failureCases } from './cases/failures';
import { faxCases } from './cases/fax';
import { faxApplicationCases } from './cases/faxApplication';
import { listSearchCases } from './cases/listSearch';
import { phoneNumberCases } from './cases/phoneNumber';
import { useTestBed } from './fixtures';

describe('Telnyx Fax in a real n8n', () => {
	const fixture = useTestBed({ n8n: { binaryDataMode: 'filesystem' } });

	describe('The credential test', () => credentialCases(fixture));
	describe('Fax', () => faxCases(fixture));
	describe('Fax download', () => downloadCases(fixture, 'filesystem-v2'));
	describe('Fax application', () => faxApplicationCases(fixture));
	describe('Phone number', () => phoneNumberCases(fixture));
	describe('Lists in the editor', () => listSearchCases(fixture));
	describe('Failures', () => failureCases(fixture));
});
