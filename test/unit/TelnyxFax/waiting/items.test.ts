import { openIds } from '../../../../nodes/TelnyxFax/waiting/items';

it('waits for the faxes that have an id and no result, and for nothing else', () => {
	expect(
		openIds([
			{ json: { id: 'a', status: 'queued', final: false } },
			{ json: { id: 'b', status: 'delivered', final: true } },
			{ json: { id: null, status: 'unknown', final: false } },
			{ json: { error: 'The parameter "To" of item 3 is empty' } },
			{ json: { id: 'c', status: 'sending', final: false } },
		]),
	).toEqual(['a', 'c']);
});
