const controllers = new WeakMap<object, AbortController>();

function controllerOf(context: object): AbortController {
	const controller = controllers.get(context) ?? new AbortController();
	controllers.set(context, controller);
	return controller;
}

/**
 * Aborts once the node of `context` is going to fail. Faxes that are still waiting for their turn
 * do not start then; what is on its way is awaited.
 */
export function haltSignal(context: object): AbortSignal {
	return controllerOf(context).signal;
}

/** Lets nothing new start for the node of `context`. */
export function halt(context: object): void {
	controllerOf(context).abort();
}
