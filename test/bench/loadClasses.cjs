// Runs in a fresh process: prints how long the classes of the given files take to load, in ms.
require('n8n-workflow');

const classes = process.argv.slice(2).map((argument) => argument.split('#'));
const start = process.hrtime.bigint();
for (const [file, name] of classes) new (require(file)[name])();
console.log(Number(process.hrtime.bigint() - start) / 1e6);
