import { waitingCases } from './cases/waiting';
import { waitingExampleCases } from './cases/waitingExamples';
import { useTestBed } from './fixtures';

describe('Send and Wait for Result in a real n8n', () => {
	const fixture = useTestBed();

	waitingCases(fixture);
	describe('The examples', () => waitingExampleCases(fixture));
});
