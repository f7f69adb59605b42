import { aiToolCases } from './cases/aiTool';
import { checkSetupCases } from './cases/checkSetup';
import { privacyCases } from './cases/privacy';
import { schemaCases } from './cases/schemas';
import { useTestBed } from './fixtures';

describe('What people meet in a real n8n', () => {
	const fixture = useTestBed();

	describe('The AI tool', () => aiToolCases(fixture));
	describe('Check Setup', () => checkSetupCases(fixture));
	describe('Privacy', () => privacyCases(fixture));
	describe('Output previews', () => schemaCases(fixture));
});
