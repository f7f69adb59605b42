import { operationCases } from './cases/operations';
import { useCluster } from './fixtures';

describe('n8n in queue mode, with two workers and two webhook processors', () => {
	const fixture = useCluster({ workers: 2, processors: 2, binaryDataMode: 'database' });

	describe('Operations', () => operationCases(fixture));
});
