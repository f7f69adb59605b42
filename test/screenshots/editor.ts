import { selectors } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import type { StoredWorkflow } from '../n8n/client';
import type { N8n } from '../n8n/n8n';

/** n8n's editor in a browser, as its owner sees it. */
export class Editor {
	private constructor(
		private readonly page: Page,
		private readonly url: string,
	) {}

	/** Logs in as the owner of the n8n. */
	static async open(browser: Browser, { url, owner }: N8n): Promise<Editor> {
		selectors.setTestIdAttribute('data-test-id');
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		await page.request.post(`${url}/rest/login`, {
			data: { emailOrLdapLoginId: owner.email, password: owner.password },
		});
		return new Editor(page, url);
	}

	async openWorkflow({ id }: StoredWorkflow): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Presses "Execute workflow", and waits for the success message and dismisses it. */
	async runWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
		const message = this.page.locator('.el-notification', {
			hasText: 'Workflow executed successfully',
		});
		await message.waitFor({ timeout: 60_000 });
		await message.locator('.el-notification__closeBtn').click();
		await message.waitFor({ state: 'hidden' });
	}

	/** Opens the panel of a node. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Saves what is to be seen as a PNG file. */
	async screenshot(path: string): Promise<void> {
		// Away from everything that shows more under the pointer.
		await this.page.mouse.move(0, 0);
		await this.page.screenshot({ path, animations: 'disabled' });
	}
}
