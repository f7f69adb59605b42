// Runs in a fresh process: prints how long the classes of the given files take to load, in ms.
const [n8nWorkflow, ...files] = process.argv.slice(2);
// That of n8n, which both sides find; this project has one of its own.
require(n8nWorkflow);

const classes = files.map((argument) => argument.split('#'));
const start = process.hrtime.bigint();
for (const [file, name] of classes) new (require(file)[name])();
console.log(Number(process.hrtime.bigint() - start) / 1e6);
