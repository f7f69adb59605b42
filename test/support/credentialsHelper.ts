import { ICredentialsHelper } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	IRequestOptionsSimplified,
	Workflow,
} from 'n8n-workflow';

/** A credential type of the package together with what a user would have filled in. */
export interface CredentialUnderTest {
	type: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

/**
 * Serves decrypted credentials from memory and signs requests with the credential type's own
 * `authenticate`, resolving its expressions the way n8n does.
 */
export class InMemoryCredentialsHelper extends ICredentialsHelper {
	constructor(private readonly credentials: CredentialUnderTest[]) {
		super();
	}

	getParentTypes(name: string): string[] {
		return this.find(name).type.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		data: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const request = { url: '', ...incoming };
		const { authenticate } = this.find(typeName).type;
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(data, request);

		const resolve = (value: unknown) =>
			workflow.expression.getSimpleParameterValue(
				node,
				String(value),
				'internal',
				{ $credentials: data },
				undefined,
				'',
			);
		const resolveAll = (values: object = {}) =>
			Object.fromEntries(
				Object.entries(values).map(([name, value]) => [name, String(resolve(value))]),
			);
		const { headers, qs } = authenticate.properties;
		return {
			...request,
			headers: { ...request.headers, ...resolveAll(headers) },
			qs: { ...request.qs, ...resolveAll(qs) },
		};
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	/** Always throws: a node that asks for encrypted credentials has no business doing so. */
	async getCredentials(): Promise<ICredentials> {
		throw new Error('Only decrypted credentials are served to nodes under test');
	}

	async getDecrypted(
		...[, , type]: Parameters<ICredentialsHelper['getDecrypted']>
	): Promise<ICredentialDataDecryptedObject> {
		return { ...this.find(type).data };
	}

	/** Always throws: nothing in this package changes a stored credential. */
	async updateCredentials(): Promise<void> {
		throw new Error('Credentials under test are read-only');
	}

	/** Always throws: nothing in this package uses OAuth. */
	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('Credentials under test are read-only');
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.find(type).type.properties;
	}

	private find(name: string): CredentialUnderTest {
		const found = this.credentials.find(({ type }) => type.name === name);
		if (found === undefined) throw new Error(`No credential of type "${name}" is set up`);
		return found;
	}
}
