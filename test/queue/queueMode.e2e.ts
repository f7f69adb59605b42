import { documentCases } from './cases/documents';
import { faultCases } from './cases/faults';
import { operationCases } from './cases/operations';
import { repeatCases } from './cases/repeats';
import { throughputCases } from './cases/throughput';
import { waitingCases } from './cases/waiting';
import { useCluster } from './fixtures';

describe('n8n in queue mode, with two workers and two webhook processors', () => {
	const fixture = useCluster({ workers: 2, processors: 2, binaryDataMode: 'database' });

	describe('Operations', () => operationCases(fixture));
	describe('Documents', () => documentCases(fixture));
	describe('Repeated events', () => repeatCases(fixture));
	describe('Send and Wait for Result', () => waitingCases(fixture));
	describe('Faults', () => faultCases(fixture));
	describe('Throughput', () => throughputCases(fixture));
});
