import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { downloadFax } from '../../../shared/download';
import { messageOf } from '../../../shared/errors';
import { faxPath, getFax, telnyxDelete } from '../../../shared/resources';
import { simplifyFax } from '../../../shared/fax';
import { privacyOptions, withPrivacy } from '../../../shared/privacy';
import { faxId, outputBinaryField } from '../fields';
import { shownFor } from '../operation';
import { choice, chosenFax, collectionParam, flag, requiredText, textParam } from '../params';

const files = ['document', 'preview', 'storedMedia'] as const;

export const description = shownFor(
	'fax',
	['download'],
	[
		faxId,
		{
			displayName: 'File',
			name: 'file',
			type: 'options',
			default: 'document',
			description: 'Which file of the fax to download',
			options: [
				{
					name: 'Document',
					value: 'document',
					description: 'The received document, or the one that was sent',
				},
				{
					name: 'Preview',
					value: 'preview',
					description: 'The preview of a fax that was sent with Store Preview',
				},
				{
					name: 'Stored Media',
					value: 'storedMedia',
					description: 'The copy of a fax that was sent with Store Media',
				},
			],
		},
		outputBinaryField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Delete After Download',
					name: 'deleteAfterDownload',
					type: 'boolean',
					default: false,
					description: 'Whether to delete the fax at Telnyx once its file is here',
				},
				...privacyOptions,
			],
		},
	],
);

export async function check(this: IExecuteFunctions, itemIndex: number) {
	const { deleteAfterDownload } = collectionParam(this, 'options', itemIndex);
	const file = textParam(this, 'file', itemIndex);
	return {
		id: await chosenFax.call(this, itemIndex),
		field: requiredText(this, 'binaryPropertyName', 'Put Output File in Field', itemIndex),
		file: choice(file, 'File', itemIndex, files) ?? 'document',
		deletes: flag(deleteAfterDownload, 'Delete After Download', itemIndex) ?? false,
	};
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { id, field, file, deletes } = await check.call(this, itemIndex);
	const fax = await getFax(this, id);
	const binary = await downloadFax(this, fax, file);
	const json = withPrivacy(simplifyFax(fax), collectionParam(this, 'options', itemIndex));
	if (!deletes) return [{ json, binary: { [field]: binary } }];
	// The file is here: that it could not be deleted there must not lose it.
	const deleted = await telnyxDelete(this, faxPath(id)).then(
		() => ({ deleted: true }),
		(error: unknown) => ({
			deleted: false,
			deleteError: messageOf(error),
		}),
	);
	return [{ json: { ...json, ...deleted }, binary: { [field]: binary } }];
}
