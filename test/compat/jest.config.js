// Read by the runner of n8n: the newest of the 1.x line, instead of the version developed against.
process.env.N8N_NODES_TELNYX_FAX_N8N = '1.123.81';

/** @type {import('jest').Config} */
module.exports = {
	...require('../e2e/jest.config.js'),
	// The examples are made with nodes that n8n 1 does not have yet.
	testPathIgnorePatterns: ['/examples\\.e2e'],
	roots: ['<rootDir>/test/e2e', '<rootDir>/test/compat'],
};
