import type { IExecuteFunctions } from 'n8n-workflow';

import type { Attempt } from '../../../../nodes/TelnyxFax/sending/ledger';
import { Ledger } from '../../../../nodes/TelnyxFax/sending/ledger';
import { insideNode, insideRuns } from '../../executeContext';

const attemptAt = (at: number): Attempt => ({
	at,
	body: { connection_id: '1', from: '+13125790015', to: '+13127367276' },
	document: '',
	unique: false,
});

const items = [{ json: {} }, { json: {} }];

it('keeps an attempt until its outcome is known', async () => {
	await insideNode({}, (context) => {
		const ledger = new Ledger(context);
		expect(ledger.get(0)).toBeUndefined();
		ledger.open(0, attemptAt(5));
		expect(ledger.get(0)).toEqual({ attempt: attemptAt(5) });
		ledger.accept(0, 'fax-1');
		expect(ledger.get(0)).toEqual({ id: 'fax-1' });
		ledger.open(1, attemptAt(6));
		ledger.forget(1);
		expect(ledger.get(1)).toBeUndefined();
	});
});

it('lists what was accepted, and open attempts from the oldest on', async () => {
	await insideNode({}, (context) => {
		const ledger = new Ledger(context);
		ledger.open(0, attemptAt(30));
		ledger.open(1, attemptAt(10));
		ledger.open(2, attemptAt(20));
		ledger.accept(3, 'fax-3');
		expect(ledger.openAttempts().map(({ at }) => at)).toEqual([10, 20, 30]);
		expect([...ledger.ids()]).toContain('fax-3');
		expect([...ledger.ids()]).not.toContain('fax-2');
	});
});

it('remembers in a later try what an earlier one has sent', async () => {
	const seen: unknown[] = [];
	const work = (context: IExecuteFunctions) => {
		const ledger = new Ledger(context);
		seen.push([ledger.get(0), ledger.get(1)]);
		ledger.accept(0, 'fax-0');
		ledger.open(1, attemptAt(1));
		if (seen.length === 1) throw new Error('The first try fails');
	};
	const settings = { retryOnFail: true, maxTries: 2 };
	await expect(insideRuns({ items, settings }, work)).rejects.toThrow('The first try fails');
	expect(seen).toEqual([
		[undefined, undefined],
		[{ id: 'fax-0' }, { attempt: attemptAt(1) }],
	]);
});

it('counts each run of a loop for itself, and knows the faxes of all', async () => {
	const runs = await insideRuns({ items, batchSize: 1 }, (context) => {
		const ledger = new Ledger(context);
		const before = ledger.get(0);
		ledger.accept(0, `fax of run ${String(context.evaluateExpression('{{ $runIndex }}', 0))}`);
		return { before, ids: [...ledger.ids()].filter((id) => id.startsWith('fax of run')) };
	});
	expect(runs).toEqual([
		{ before: undefined, ids: ['fax of run 0'] },
		{ before: undefined, ids: ['fax of run 0', 'fax of run 1'] },
	]);
});

it('knows the faxes of other executions in this process, so that none of them is taken for its own', async () => {
	await insideNode({}, (context) => new Ledger(context).accept(0, 'fax of another execution'));
	await insideNode({}, (context) => {
		expect([...new Ledger(context).ids()]).toContain('fax of another execution');
	});
});
