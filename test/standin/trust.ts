/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: makes this process trust the stand-in */
import tls from 'node:tls';

interface DefaultCertificates {
	getCACertificates(kind: 'default'): string[];
	setDefaultCACertificates(certificates: string[]): void;
}

function hasDefaultCertificates(module: object): module is DefaultCertificates {
	return 'setDefaultCACertificates' in module && 'getCACertificates' in module;
}

/**
 * Makes this process trust a CA from now on, as `NODE_EXTRA_CA_CERTS` does at start.
 * @returns a function that takes the trust back
 */
export function trustCertificate(pem: string): () => void {
	const defaults: object = tls;
	if (hasDefaultCertificates(defaults)) {
		const before = defaults.getCACertificates('default');
		defaults.setDefaultCACertificates([...before, pem]);
		return () => defaults.setDefaultCACertificates(before);
	}
	const original = tls.createSecureContext;
	tls.createSecureContext = (options) => {
		const secureContext = original(options);
		// As with NODE_EXTRA_CA_CERTS, a list the caller brings replaces the defaults.
		if (!options?.ca) secureContext.context.addCACert(pem);
		return secureContext;
	};
	return () => {
		tls.createSecureContext = original;
	};
}
