import { aiToolCases } from './cases/aiTool';
import { schemaCases } from './cases/schemas';
import { useTestBed } from './fixtures';

describe('What people meet in a real n8n', () => {
	const fixture = useTestBed();

	describe('The AI tool', () => aiToolCases(fixture));
	describe('Output previews', () => schemaCases(fixture));
});
