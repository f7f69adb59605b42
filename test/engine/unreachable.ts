/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n: points the proxy of this process nowhere */

/** Does `work` while nothing outside can be reached: nobody listens at the proxy. */
export async function whileUnreachable<T>(work: () => Promise<T>): Promise<T> {
	const before = process.env.HTTPS_PROXY;
	process.env.HTTPS_PROXY = 'http://127.0.0.1:1';
	try {
		return await work();
	} finally {
		process.env.HTTPS_PROXY = before;
	}
}
