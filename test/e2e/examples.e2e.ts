import { exampleCases } from './cases/examples';
import { importCases } from './cases/imports';
import { useTestBed } from './fixtures';

describe('The example workflows in a real n8n', () => {
	const fixture = useTestBed();

	describe('Importing', () => importCases(fixture));
	describe('Running', () => exampleCases(fixture));
});
