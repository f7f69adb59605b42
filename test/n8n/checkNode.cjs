// Plain CommonJS in old syntax: it has to run on the very Node versions that it turns down.
var wanted = [20, 19];

/**
 * Ends the process with one sentence when the running Node is older than the project supports.
 */
module.exports = function checkNode() {
	var running = process.versions.node.split('.').map(Number);
	if (running[0] > wanted[0] || (running[0] === wanted[0] && running[1] >= wanted[1])) return;
	console.error(
		'Node ' +
			process.versions.node +
			' is too old: install Node ' +
			wanted.join('.') +
			' or newer (https://nodejs.org) and try again.',
	);
	process.exit(1);
};
