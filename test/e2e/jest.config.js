require('../n8n/checkNode.cjs')();

/** @type {import('jest').Config} */
module.exports = {
	...require('../../jest.config.js'),
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.e2e.ts'],
	collectCoverage: false,
	// The first run installs n8n.
	testTimeout: 60_000,
	maxWorkers: 1,
};
