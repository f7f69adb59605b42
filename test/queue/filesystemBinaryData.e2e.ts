import { documentCases } from './cases/documents';
import { useCluster } from './fixtures';

describe('n8n in queue mode, with binary data in a folder that all processes share', () => {
	const fixture = useCluster({ workers: 1, processors: 1, binaryDataMode: 'filesystem' });

	documentCases(fixture);
});
