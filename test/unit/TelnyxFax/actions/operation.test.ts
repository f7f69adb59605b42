import { shownFor } from '../../../../nodes/TelnyxFax/actions/operation';

it('shows parameters for their resource and operations only, next to conditions of their own', () => {
	const show = { returnAll: [false] };
	const hide = { sort: [''] };
	const limit = {
		displayName: 'Limit',
		name: 'limit',
		type: 'number' as const,
		default: 50,
		displayOptions: { show, hide },
	};
	expect(shownFor('fax', ['getAll'], [limit])).toEqual([
		{
			...limit,
			displayOptions: {
				hide,
				show: { returnAll: [false], resource: ['fax'], operation: ['getAll'] },
			},
		},
	]);
	expect(limit.displayOptions).toEqual({ show: { returnAll: [false] }, hide: { sort: [''] } });
});
