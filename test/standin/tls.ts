/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: the stand-in speaks TLS */
import 'reflect-metadata';
import { webcrypto, randomBytes } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** Issues certificates for the hosts the stand-in plays. */
export interface CertificateAuthority {
	/** PEM. */
	certificate: string;
	/** A TLS context for one host, made on first use. */
	contextFor(host: string): Promise<SecureContext>;
}

function validity(): { serialNumber: string; notBefore: Date; notAfter: Date } {
	return {
		serialNumber: `00${randomBytes(8).toString('hex')}`,
		notBefore: new Date(Date.now() - DAY_MS),
		notAfter: new Date(Date.now() + 30 * DAY_MS),
	};
}

/** Makes a CA that exists only in this process. */
export async function createAuthority(): Promise<CertificateAuthority> {
	x509.cryptoProvider.set(webcrypto);
	const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
	const ca = await x509.X509CertificateGenerator.createSelfSigned({
		...validity(),
		name: 'CN=Telnyx stand-in',
		keys,
		signingAlgorithm: algorithm,
		extensions: [
			new x509.BasicConstraintsExtension(true, 0, true),
			new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
		],
	});
	const contexts = new Map<string, Promise<SecureContext>>();
	return {
		certificate: ca.toString('pem'),
		async contextFor(host) {
			const context = contexts.get(host) ?? issue(host);
			contexts.set(host, context);
			return await context;
		},
	};

	async function issue(host: string): Promise<SecureContext> {
		const own = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
		const certificate = await x509.X509CertificateGenerator.create({
			...validity(),
			subject: `CN=${host}`,
			issuer: ca.subject,
			publicKey: own.publicKey,
			signingKey: keys.privateKey,
			signingAlgorithm: algorithm,
			extensions: [
				new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
				new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
			],
		});
		const key = await webcrypto.subtle.exportKey('pkcs8', own.privateKey);
		return createSecureContext({
			cert: certificate.toString('pem'),
			key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
		});
	}
}
