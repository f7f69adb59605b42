/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n: looks for a browser on this machine */
import execa from 'execa';

import { SetupError } from '../n8n/setupError';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The path of a Chromium on this machine. On Debian, as root, a missing one is installed.
 *
 * @throws {SetupError} when there is none and it cannot be installed here.
 */
export async function chromiumPath(onProgress: (line: string) => void): Promise<string> {
	const found = await lookUp();
	if (found !== undefined) return found;
	if (process.getuid?.() === 0) {
		onProgress('Installing Chromium');
		await execa('apt-get', ['update', '-qq'], { reject: false });
		await execa('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
			reject: false,
		});
	}
	const installed = await lookUp();
	if (installed !== undefined) return installed;
	throw new SetupError('The screenshots need Chromium: install it and try again.');
}

async function lookUp(): Promise<string | undefined> {
	for (const name of names) {
		const { exitCode, stdout } = await execa('which', [name], { reject: false });
		if (exitCode === 0) return stdout.trim();
	}
	return undefined;
}
