import { sleep } from 'n8n-workflow';

import { inParallel } from '../../../../nodes/TelnyxFax/actions/parallel';

const turn = async () => await sleep(0);

it('runs nothing for no items', async () => {
	const work = jest.fn();
	await inParallel(0, 8, work);
	expect(work).not.toHaveBeenCalled();
});

it.each([
	[1, 1, 1],
	[5, 1, 1],
	[5, 3, 3],
	[3, 64, 3],
	[200, 64, 64],
])('runs %i items %i at a time: %i at the most', async (count, width, most) => {
	let running = 0;
	let seen = 0;
	const started: number[] = [];
	await inParallel(count, width, async (index) => {
		started.push(index);
		seen = Math.max(seen, ++running);
		await turn();
		running--;
		return true;
	});
	expect(seen).toBe(most);
	expect(started).toEqual(Array.from({ length: count }, (_, index) => index));
});

it('starts nothing new after a refusal, and awaits what is running', async () => {
	const started: number[] = [];
	const finished: number[] = [];
	await inParallel(100, 4, async (index) => {
		started.push(index);
		await turn();
		if (index !== 1) await turn();
		finished.push(index);
		return index !== 1;
	});
	expect(started).toEqual([0, 1, 2, 3]);
	expect([...finished].sort()).toEqual([0, 1, 2, 3]);
});

it('rejects with what the work throws', async () => {
	const failing = inParallel(3, 1, async () => {
		await turn();
		throw new Error('broken');
	});
	await expect(failing).rejects.toThrow('broken');
});
