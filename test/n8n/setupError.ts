/**
 * Something outside the project (Node, network, compiler, port) stops the run. The message is one
 * sentence for the person at the terminal: what is wrong and what to do about it.
 */
export class SetupError extends Error {
	override name = 'SetupError';
}
