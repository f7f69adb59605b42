import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { downloadFax } from '../../../shared/download';
import { getFax } from '../../../shared/resources';
import { simplifyFax } from '../../../shared/fax';
import { faxId } from '../fields';
import { shownFor } from '../operation';
import { requiredId, requiredText, textParam } from '../params';

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
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			hint: 'The name of the output field to put the file in',
			description: 'The binary field that gets the file',
		},
	],
);

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredId(this, 'faxId', 'Fax', itemIndex);
	const field = requiredText(this, 'binaryPropertyName', 'Put Output File in Field', itemIndex);
	const file = textParam(this, 'file', itemIndex);
	const fax = await getFax(this, id);
	const binary = await downloadFax(this, fax, file);
	return [{ json: simplifyFax(fax), binary: { [field]: binary } }];
}
