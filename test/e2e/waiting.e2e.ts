import { waitingCases } from './cases/waiting';
import { useTestBed } from './fixtures';

describe('Send and Wait for Result in a real n8n', () => {
	const fixture = useTestBed();

	waitingCases(fixture);
});
