import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { simplifyFax } from '../../../shared/fax';
import { telnyxList } from '../../../shared/pagination';
import { toE164, toE164OrSipUri } from '../../../shared/phoneNumber';
import { limit, outputOptions, returnAll, simplify } from '../fields';
import { shownFor } from '../operation';
import { toItems } from '../output';
import { choice, collectionParam, flag, isoTime, limitParam } from '../params';

export const description = shownFor(
	'fax',
	['getAll'],
	[
		returnAll,
		limit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Created After',
					name: 'createdAfter',
					type: 'dateTime',
					default: '',
					description: 'Only faxes created at this time or later',
				},
				{
					displayName: 'Created Before',
					name: 'createdBefore',
					type: 'dateTime',
					default: '',
					description: 'Only faxes created at this time or earlier',
				},
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					default: 'inbound',
					description: 'Only faxes of this direction',
					options: [
						{ name: 'Inbound', value: 'inbound', description: 'Faxes that you received' },
						{ name: 'Outbound', value: 'outbound', description: 'Faxes that you sent' },
					],
				},
				{
					displayName: 'Exclude Boundaries',
					name: 'excludeBoundaries',
					type: 'boolean',
					default: false,
					description:
						'Whether to leave out faxes created exactly at the times of Created After and Created Before',
				},
				{
					displayName: 'From',
					name: 'from',
					type: 'string',
					default: '',
					placeholder: 'e.g. +13125550001',
					description: 'Only faxes from this number',
				},
				{
					displayName: 'To',
					name: 'to',
					type: 'string',
					default: '',
					placeholder: 'e.g. +13125550002',
					description: 'Only faxes to this number',
				},
			],
		},
		simplify,
		outputOptions,
	],
);

function queryOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const filters = collectionParam(context, 'filters', itemIndex);
	const { createdAfter, createdBefore, from, to } = filters;
	const direction = choice(filters.direction, 'Direction', itemIndex, ['inbound', 'outbound']);
	const orEqual = flag(filters.excludeBoundaries, 'Exclude Boundaries', itemIndex) ? '' : 'e';
	const query: IDataObject = {};
	if (direction) query['filter[direction][eq]'] = direction;
	if (from) query['filter[from][eq]'] = toE164(from, 'From', itemIndex);
	if (to) query['filter[to][eq]'] = toE164OrSipUri(to, 'To', itemIndex);
	if (createdAfter) {
		const time = isoTime(context, createdAfter, 'Created After', itemIndex);
		query[`filter[created_at][gt${orEqual}]`] = time;
	}
	if (createdBefore) {
		const time = isoTime(context, createdBefore, 'Created Before', itemIndex);
		query[`filter[created_at][lt${orEqual}]`] = time;
	}
	return query;
}

export async function check(this: IExecuteFunctions, itemIndex: number) {
	return { query: queryOf(this, itemIndex), most: limitParam(this, itemIndex) };
}

export async function execute(
	this: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { query, most } = await check.call(this, itemIndex);
	const faxes = await telnyxList(this, '/faxes', query, most);
	return toItems(this, itemIndex, faxes, simplifyFax);
}
