/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n: makes a folder for binary data */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import './n8nEnvironment';

import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

async function useMode(mode: BinaryDataConfig['mode'], folder = ''): Promise<void> {
	const config = Container.get(BinaryDataConfig);
	config.mode = mode;
	config.localStoragePath = folder === '' ? config.localStoragePath : folder;
	await Container.get(BinaryDataService).init();
}

/** Keeps binary data inside the items, n8n's mode `default`. Engines start in this mode. */
export async function keepBinaryDataInMemory(): Promise<void> {
	await useMode('default');
}

/**
 * Makes n8n-core write binary data to a folder, as a server does by default: items then carry an
 * id instead of the bytes. Call the returned function to remove the folder and go back to memory.
 */
export async function keepBinaryDataOnDisk(): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(tmpdir(), 'telnyx-fax-binary-data-'));
	await useMode('filesystem', folder);
	return async () => {
		await keepBinaryDataInMemory();
		await rm(folder, { recursive: true, force: true });
	};
}

/** The file to attach to an item. */
export interface BinaryFile {
	content: Buffer;
	fileName: string;
	mimeType: string;
}

/** Stores a file in the current binary data mode and returns what an item carries for it. */
export async function storeBinary({
	content,
	fileName,
	mimeType,
}: BinaryFile): Promise<IBinaryData> {
	return await Container.get(BinaryDataService).store(
		{ type: 'execution', workflowId: 'test-workflow', executionId: 'test-files' },
		content,
		{ data: '', fileName, mimeType },
	);
}

/** The bytes of an item's file, whatever the binary data mode. Throws when there is none. */
export async function binaryContent(
	item: INodeExecutionData | undefined,
	property = 'data',
): Promise<Buffer> {
	const binary = item?.binary?.[property];
	if (binary === undefined) throw new Error(`The item has no binary property "${property}"`);
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}
