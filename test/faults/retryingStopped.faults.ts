import { retryingCases } from './retryingCases';
import { stopping } from './sending';

describe('a node that stops on error and is tried again', () => retryingCases(stopping));
