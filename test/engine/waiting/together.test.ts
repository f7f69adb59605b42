import { endFax } from './faxEvents';
import { resultsOf, useWaitingFax } from './waitingFax';

const fixture = useWaitingFax();

// Dozens of faxes take longer than a test usually may.
jest.setTimeout(60_000);

const itemsOf = (count: number) => ({
	items: Array.from({ length: count }, () => ({ json: {} })),
});

describe('final events of several faxes at the same moment', () => {
	it('resume the execution once', async () => {
		await fixture.run({}, itemsOf(3));
		const faxes = fixture.faxes();
		for (const fax of faxes) endFax(fax);
		const attempts = await Promise.all(
			faxes.map(async (fax) => await fixture.deliver(fax, 'delivered')),
		);

		const answers = attempts.map(({ answer }) => answer?.body);
		// As n8n does, those that come too late may be told that the execution goes on already.
		expect([200, 409]).toEqual(
			expect.arrayContaining(attempts.map(({ answer }) => answer?.status)),
		);
		expect(answers.filter((body) => body?.includes('Webhook call received'))).toHaveLength(1);
		const results = resultsOf(await fixture.outcome());
		expect(results).toHaveLength(3);
		expect(results).toMatchObject(
			results.map(() => ({ status: 'delivered', finishedAt: expect.any(String) })),
		);
	});

	it('do not all ask Telnyx about all faxes', async () => {
		await fixture.run({}, itemsOf(30));
		const faxes = fixture.faxes();
		for (const fax of faxes) endFax(fax);
		const before = fixture.calls().length;
		await Promise.all(faxes.map(async (fax) => await fixture.deliver(fax, 'delivered')));

		expect(resultsOf(await fixture.outcome())).toHaveLength(30);
		// Two looks at 30 faxes, and the log.
		expect(fixture.calls().length - before).toBeLessThanOrEqual(65);
	});

	it('are all repeated by Telnyx where it could not be asked, and then resume once', async () => {
		await fixture.run({}, itemsOf(3));
		const faxes = fixture.faxes();
		for (const fax of faxes) endFax(fax);
		const deliver = async () => {
			const attempts = await Promise.all(
				faxes.map(async (fax) => await fixture.deliver(fax, 'delivered')),
			);
			return attempts.map(({ answer }) => answer?.status);
		};
		const fault = fixture.standIn.faults.add({ kind: 'forbidden', on: { path: /^\/v2\/faxes\// } });
		expect(await deliver()).toEqual([503, 503, 503]);
		expect(fixture.isParked()).toBe(true);

		fault.remove();
		expect(await deliver()).toContain(200);
		expect(resultsOf(await fixture.outcome())).toHaveLength(3);
	});
});

it('most events of many faxes cost few requests while the others are open', async () => {
	await fixture.run({}, itemsOf(30));
	const before = fixture.calls().length;
	for (const fax of fixture.faxes()) await fixture.finish(fax);

	expect(resultsOf(await fixture.outcome())).toHaveLength(30);
	// One look at all of them for each event would be 900.
	expect(fixture.calls().length - before).toBeLessThan(300);
});
