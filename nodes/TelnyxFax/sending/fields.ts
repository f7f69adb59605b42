import type { INodeProperties } from 'n8n-workflow';

import { privacyOptions } from '../../shared/privacy';
import { faxApplicationId } from '../actions/fields';

/** What Send and Send and Wait for Result have in common: which document goes from where to whom. */
export const faxFields: INodeProperties[] = [
	{
		...faxApplicationId,
		required: false,
		description:
			'The fax application to send with. Leave empty if the account has only one, or to use the one that the From number is assigned to.',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'The number to send from. Leave empty if only one number is assigned to the fax application.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchFromNumbers', searchable: true },
			},
			{
				displayName: 'By Number',
				name: 'number',
				type: 'string',
				placeholder: 'e.g. +13125550001',
			},
		],
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. +13125550002',
		description:
			'The fax number of the recipient with plus sign and country code, or a SIP URI. Spaces, dots, dashes and brackets do not matter.',
	},
	{
		displayName: 'Document Source',
		name: 'documentSource',
		type: 'options',
		default: 'binary',
		description: 'Where the document to fax comes from',
		options: [
			{
				name: 'Binary File',
				value: 'binary',
				description: 'A file from a previous node, up to 20 MB',
			},
			{
				name: 'Telnyx Media Storage',
				value: 'mediaName',
				description: 'A file that was stored at Telnyx before',
			},
			{
				name: 'URL',
				value: 'url',
				description: 'A direct public link that does not redirect, up to 50 MB',
			},
		],
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the input field that holds the file',
		description:
			'The file to fax: PDF, TIFF, JPEG, PNG, DOC, DOCX, RTF or TXT, with up to 20 MB and 350 pages',
		displayOptions: { show: { documentSource: ['binary'] } },
	},
	// n8n would demand a required field of every item where an expression gives the source, so the
	// two below are checked when an item is read.
	{
		displayName: 'Document URL',
		name: 'mediaUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/referral.pdf',
		description:
			'A link to the document that works without login and does not redirect. Links to share from Google Drive, Dropbox or SharePoint redirect: download such a file with its own node and send it as binary file.',
		displayOptions: { show: { documentSource: ['url'] } },
	},
	{
		displayName: 'Media Name',
		name: 'mediaName',
		type: 'string',
		default: '',
		placeholder: 'e.g. consent-form',
		description: 'The name of the file in the Media Storage of Telnyx',
		displayOptions: { show: { documentSource: ['mediaName'] } },
	},
];

/** The options that both operations have. */
export const faxOptions: INodeProperties[] = [
	{
		displayName: 'Allowed Destinations',
		name: 'allowedDestinations',
		type: 'string',
		default: '',
		placeholder: 'e.g. +13125550002, +1773*',
		description:
			'Numbers that may be faxed, separated by commas; an asterisk stands for any end. Anything else is refused; added but empty, it allows nothing. Useful when an AI agent chooses the number.',
	},
	{
		displayName: 'Black Threshold (Percent)',
		name: 'blackThreshold',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 95,
		description: 'How dark a spot must be to become black. Counts only with Monochrome.',
	},
	{
		displayName: 'Client State',
		name: 'clientState',
		type: 'string',
		default: '',
		placeholder: 'e.g. patient-4711',
		description:
			'Your own reference, as text or JSON. It comes back with every event of this fax, in the trigger and in Get.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to check everything and show what would be sent, but send nothing',
	},
	{
		displayName: 'From Display Name',
		name: 'fromDisplayName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Lakeside Clinic',
		description:
			'The caller name that the recipient may see: up to 128 letters, digits, spaces and -_~!.+ characters',
	},
	{
		displayName: 'Max Parallel Requests',
		name: 'maxParallelRequests',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 64 },
		default: 64,
		description:
			'How many faxes are handed to Telnyx at the same time. The limit of the account is respected in any case.',
	},
	{
		displayName: 'Media Lifetime (Seconds)',
		name: 'mediaTtlSecs',
		type: 'number',
		typeOptions: { minValue: 60, maxValue: 630720000 },
		default: 3600,
		description:
			'When Telnyx deletes the copy of a binary file that had to go through its Media Storage',
	},
	{
		displayName: 'Monochrome',
		name: 'monochrome',
		type: 'boolean',
		default: false,
		description: 'Whether to send pure black and white instead of shades of gray',
	},
	{
		displayName: 'Pause Between Faxes (Seconds)',
		name: 'pauseBetweenFaxesSecs',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description:
			'Hands over one fax after the other with a pause between them, for accounts that may make few calls at once',
	},
	{
		displayName: 'Preview Format',
		name: 'previewFormat',
		type: 'options',
		default: 'tiff',
		description: 'File type of the preview. Counts only with Store Preview.',
		options: [
			{ name: 'PDF', value: 'pdf' },
			{ name: 'TIFF', value: 'tiff' },
		],
	},
	{
		displayName: 'Quality',
		name: 'quality',
		type: 'options',
		default: 'high',
		description: 'Resolution of the fax. The ultra qualities take longer to send.',
		options: [
			{ name: 'High', value: 'high', description: 'Good for most documents' },
			{ name: 'Normal', value: 'normal', description: 'Fastest to send' },
			{ name: 'Ultra Dark', value: 'ultra_dark', description: 'Best for text' },
			{ name: 'Ultra Light', value: 'ultra_light', description: 'Best for images' },
			{ name: 'Very High', value: 'very_high', description: 'For fine print' },
		],
	},
	{
		displayName: 'Store Media',
		name: 'storeMedia',
		type: 'boolean',
		default: false,
		description:
			'Whether Telnyx keeps the document, so that it can be downloaded afterwards. Not for a binary file that goes through Media Storage: in Send and Wait for Result, or with Black Threshold, Client State, From Display Name, Preview Format or Webhook URL.',
	},
	{
		displayName: 'Store Preview',
		name: 'storePreview',
		type: 'boolean',
		default: false,
		description: 'Whether Telnyx makes a preview of the fax that can be downloaded afterwards',
	},
	{
		displayName: 'T.38',
		name: 't38Enabled',
		type: 'boolean',
		default: true,
		description:
			'Whether to use T.38, the protocol for fax over the internet. Switching it off helps with some machines.',
	},
	...privacyOptions,
];

/** Only for Send: waiting for the result takes the events of the fax itself. */
export const webhookUrlOption: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/fax-events',
	description:
		'Where Telnyx sends the events of this fax instead of to the URL of the fax application. A Telnyx Fax Trigger on the application does not get them then.',
};
