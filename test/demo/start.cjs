// Loads nothing before the Node version is known to be new enough for it.
require('../n8n/checkNode.cjs')();

try {
	require.resolve('tsx/cjs');
} catch {
	console.error('The dependencies are not installed: run "npm ci" first.');
	process.exit(1);
}
require('tsx/cjs');
require('./demo.ts');
