import { faxOfUrl, numbers, useTelnyxFax } from './telnyxFax';

const fixture = useTelnyxFax();

describe('A dry run', () => {
	it('keeps numbers and links out of its output where the user wants that', async () => {
		const run = await fixture.run(
			faxOfUrl({ options: { dryRun: true, maskNumbers: true, omitLinks: true } }),
		);

		expect(run.items).toMatchObject([
			{ json: { dryRun: true, from: '+*******0015', to: '+*******0002', document: {} } },
		]);
		expect(JSON.stringify(run.items)).not.toContain('https://');
	});

	it.each([['send'], ['sendAndWaitForResult']])(
		'sends nothing, also with %s',
		async (operation) => {
			const run = await fixture.run(faxOfUrl({ operation, options: { dryRun: true } }));

			expect(run.items).toMatchObject([
				{ json: { id: null, status: 'not sent', dryRun: true, to: numbers.recipient } },
			]);
			expect(fixture.calls('POST /faxes')).toEqual([]);
		},
	);
});
