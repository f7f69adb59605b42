import { aiToolCases } from './cases/aiTool';
import { useTestBed } from './fixtures';

describe('What people meet in a real n8n', () => {
	const fixture = useTestBed();

	describe('The AI tool', () => aiToolCases(fixture));
});
