import { selectors } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import type { StoredWorkflow } from '../n8n/client';
import type { N8n } from '../n8n/n8n';

const aroundCanvas = `
	[data-test-id="main-header"], [data-test-id="canvas-controls"], [data-test-id="logs-panel"],
	[class*="executionButtons"], [class*="nodeCreatorScrim"], [class*="nodeButtonsWrapper"],
	.vue-flow__panel, #header, #sidebar, #banners { visibility: hidden !important; }
`;

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
		// The icons of the nodes come last.
		await this.page.waitForLoadState('networkidle');
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

	/** Opens the panel of a node by its id. */
	async openPanel({ id }: StoredWorkflow, nodeId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}/${nodeId}`);
		await this.page.getByTestId('ndv').waitFor();
		await this.page.getByTestId('node-credentials-select').first().waitFor();
	}

	/** Presses "Execute step" in an open panel, and waits for the error that it ends in. */
	async failStep(): Promise<void> {
		await this.page.getByTestId('node-execute-button').first().click();
		await this.page
			.getByTestId('node-error-view')
			.or(this.page.locator('.node-error-view'))
			.first()
			.waitFor();
		await this.page.locator('.el-notification__closeBtn').first().click();
	}

	/** Opens the dialog of the credential that an open panel uses. */
	async openCredential(): Promise<void> {
		await this.page.getByTestId('credential-edit-button').first().click();
		await this.page.getByTestId('editCredential-modal').waitFor();
	}

	/** Opens the panel of a node. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.page.getByTestId('ndv').waitFor();
	}

	/** Saves the middle column of an open panel as a PNG file. */
	async panelScreenshot(path: string): Promise<void> {
		const output = await this.boxOf('output-panel');
		const header = await this.boxOf('ndv');
		const column = { x: output.x - 420, width: 419, y: output.y, height: header.height - 42 };
		await this.page.mouse.move(0, 0);
		await this.page.screenshot({ path, animations: 'disabled', clip: column });
	}

	/** Saves the nodes and notes of the canvas, without what n8n has around them, as a PNG file. */
	async canvasScreenshot(path: string): Promise<void> {
		const style = await this.page.addStyleTag({ content: aroundCanvas });
		const parts = await this.page.locator('.vue-flow__node, .vue-flow__edge-path').all();
		const boxes = (await Promise.all(parts.map(async (part) => await part.boundingBox()))).filter(
			(box) => box !== null,
		);
		const edges = {
			left: Math.min(...boxes.map(({ x }) => x)),
			top: Math.min(...boxes.map(({ y }) => y)),
			right: Math.max(...boxes.map(({ x, width }) => x + width)),
			bottom: Math.max(...boxes.map(({ y, height }) => y + height)),
		};
		// The labels of nodes hang below them, and stick out at the sides.
		const clip = {
			x: edges.left - 40,
			y: edges.top - 20,
			width: edges.right - edges.left + 80,
			height: edges.bottom - edges.top + 80,
		};
		await this.page.mouse.move(0, 0);
		await this.page.screenshot({ path, animations: 'disabled', clip });
		await style.evaluate((element) => element.parentNode?.removeChild(element));
	}

	private async boxOf(testId: string) {
		const box = await this.page.getByTestId(testId).first().boundingBox();
		if (box === null) throw new Error(`"${testId}" is not to be seen`);
		return box;
	}

	/** Saves what is to be seen as a PNG file. */
	async screenshot(path: string): Promise<void> {
		// Away from everything that shows more under the pointer.
		await this.page.mouse.move(0, 0);
		await this.page.screenshot({ path, animations: 'disabled' });
	}
}
