import { retryingCases } from './retryingCases';
import { goingOnAfterTries } from './sending';

describe('a node that continues on error and is tried again', () =>
	retryingCases(goingOnAfterTries));
