require('../n8n/checkNode.cjs')();

const base = require('../../jest.config.js');

const seeds = process.argv.flatMap((argument, index, all) => {
	const [, value] = /^--seed(?:=(.*))?$/.exec(argument) ?? [];
	return value ?? (argument === '--seed' ? all[index + 1] : []);
});

/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '../..',
	roots: ['<rootDir>/test/faults'],
	testMatch: ['**/*.faults.ts'],
	// An ES module, which jest cannot require on Node 20.
	transform: {
		...base.transform,
		'/markdown-table/': ['@swc/jest', { module: { type: 'commonjs' } }],
	},
	transformIgnorePatterns: ['/node_modules/(?!markdown-table/)'],
	collectCoverage: false,
	// The runs mostly wait, for answers that come late and for faxes to show up.
	maxWorkers: 5,
	testTimeout: 300_000,
	globals: { faultSeeds: seeds.length > 0 ? seeds.map(Number) : [1, 2, 3] },
};
