const { rm } = require('node:fs/promises');
const { join } = require('node:path');
const { dest, src } = require('gulp');

const dist = join(__dirname, 'dist');

exports.clean = () => rm(dist, { recursive: true, force: true });

// encoding: false keeps gulp 5 from re-encoding files as text.
exports.copy = () =>
	src(
		['icons/**/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'].map((glob) =>
			join(__dirname, glob),
		),
		{ base: __dirname, encoding: false },
	).pipe(dest(dist));
