import { useShortTimeouts } from './shortTimeouts';
import { faxOfBinary, faxOfUrl, itemWithFile, useTelnyxFax } from './telnyxFax';

jest.mock('n8n-workflow', () =>
	jest.requireActual<typeof import('./withoutPauses')>('./withoutPauses').withoutPauses(),
);

const fixture = useTelnyxFax({ stepMs: 60_000 });
useShortTimeouts();

const onSend = { method: 'POST', path: /^\/v2\/faxes$/ };

const clientState = { options: { clientState: 'patient-4711' } };

describe('a fax that was lost on the way is not taken for one of an earlier execution', () => {
	it('to the same number, from a file', async () => {
		await fixture.run(faxOfBinary(), { items: [await itemWithFile()] });
		fixture.standIn.faults.add({ kind: 'resetBeforeAcceptance', on: onSend });
		const run = await fixture.run(faxOfBinary(), { items: [await itemWithFile()] });
		expect(fixture.standIn.faxes.size).toBe(1);
		expect(run.items).toMatchObject([{ json: { id: null, status: 'unknown' } }]);
	});

	it('with the same reference of the user, from a file in Media Storage', async () => {
		await fixture.run(faxOfBinary(clientState), { items: [await itemWithFile()] });
		fixture.standIn.faults.add({ kind: 'resetBeforeAcceptance', on: onSend });
		const run = await fixture.run(faxOfBinary(clientState), { items: [await itemWithFile()] });
		expect(fixture.standIn.faxes.size).toBe(1);
		expect(run.items).toMatchObject([{ json: { id: null, status: 'unknown' } }]);
	});

	it('with the same reference of the user and the same URL', async () => {
		await fixture.run(faxOfUrl(clientState));
		fixture.standIn.faults.add({ kind: 'resetBeforeAcceptance', on: onSend });
		const run = await fixture.run(faxOfUrl(clientState));
		expect(fixture.standIn.faxes.size).toBe(1);
		expect(run.items).toMatchObject([{ json: { id: null, status: 'unknown' } }]);
	});
});

describe('a file that Media Storage does not take', () => {
	const onStore = { method: 'POST', path: /^\/v2\/media$/ };

	it('is offered again, under another name, and then sent', async () => {
		fixture.standIn.faults.add({ kind: 'error500', on: onStore, times: 1 });
		const run = await fixture.run(faxOfBinary(clientState), { items: [await itemWithFile()] });
		expect(run.items).toMatchObject([{ json: { status: 'queued' } }]);
		expect(fixture.calls('POST /media')).toHaveLength(2);
	});

	it('leaves no doubt that no fax was sent', async () => {
		fixture.standIn.faults.add({ kind: 'error500', on: onStore, times: 100 });
		const run = await fixture.run(faxOfBinary(clientState), {
			items: [await itemWithFile()],
			settings: { onError: 'continueRegularOutput' },
		});
		expect(run.items).toMatchObject([{ json: { details: { outcome: 'notSent' } } }]);
		expect(fixture.standIn.faxes.size).toBe(0);
	});
});

describe('a rate limit with faults', () => {
	it('does not hold up faxes where no answer tells of the limit any more', async () => {
		fixture.standIn.rateLimit = { limit: 2, windowMs: 1000 };
		fixture.standIn.faults.add({ kind: 'resetBeforeAcceptance', on: onSend, skip: 2, times: 2 });
		const items = Array.from({ length: 8 }, () => ({ json: {} }));
		const run = await fixture.run(faxOfUrl(), { items });
		fixture.standIn.rateLimit = undefined;
		const sent = run.items.filter(({ json }) => json.status === 'queued');
		expect(run.items).toHaveLength(8);
		expect(sent).toHaveLength(fixture.standIn.faxes.size);
		expect(sent.length).toBeGreaterThan(3);
	});
});
