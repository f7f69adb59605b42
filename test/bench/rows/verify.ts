import { generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';

import Telnyx from 'telnyx';
import { Bench as Comparison } from 'tinybench';

import { isSignedBy, parsePublicKey, readDelivery } from '../../../nodes/shared/webhook/signature';
import { verdictOn } from '../row';
import type { Row } from '../row';
import { median } from '../statistics';

function signedDelivery() {
	const { publicKey, privateKey } = generateKeyPairSync('ed25519');
	const spki = publicKey.export({ format: 'der', type: 'spki' });
	const body = JSON.stringify({
		data: {
			event_type: 'fax.received',
			id: randomUUID(),
			payload: { fax_id: randomUUID(), media_url: 'https://example.com/'.padEnd(500, 'x') },
		},
	});
	const timestamp = String(Math.floor(Date.now() / 1000));
	const signed = Buffer.from(`${timestamp}|${body}`);
	const signature = sign(null, signed, privateKey);
	return { publicKey, keyText: spki.subarray(-32).toString('base64'), body, timestamp, signature };
}

/** Microseconds of one call, by task. */
async function timeEach(tasks: Record<string, () => unknown>): Promise<Record<string, number>> {
	const comparison = new Comparison({ time: 1000, warmupTime: 250, throws: true });
	for (const [name, task] of Object.entries(tasks)) comparison.add(name, task);
	await comparison.run();
	return Object.fromEntries(
		comparison.tasks.map(({ name, result }) => [name, (result?.latency.p50 ?? NaN) * 1000]),
	);
}

export const verifyDelivery: Row = {
	number: 6,
	work: 'verify one delivery',
	peer: 'verifier of the SDK telnyx, same process',
	goal: '≥ 5 × as fast',
	measure: async (_bench, runs) => {
		const { publicKey, keyText, body, timestamp, signature } = signedDelivery();
		const headers = {
			'telnyx-timestamp': timestamp,
			'telnyx-signature-ed25519': signature.toString('base64'),
		};
		const client = new Telnyx({ apiKey: 'none', publicKey: keyText });
		const key = parsePublicKey(keyText);
		const rawBody = Buffer.from(body);
		const signed = Buffer.from(`${timestamp}|${body}`);
		const tasks = {
			ours: () => {
				const delivery = readDelivery(
					{ timestamp, signature: headers['telnyx-signature-ed25519'], rawBody },
					Date.now(),
				);
				if (!key || typeof delivery === 'string' || !isSignedBy([key], delivery)) {
					throw new Error('Ours refused a genuine delivery');
				}
			},
			peer: async () => await client.webhooks.unwrap(body, { headers }),
			bare: () => verify(null, signed, publicKey, signature),
		};
		const times = [];
		for (let run = 0; run < runs; run++) times.push(await timeEach(tasks));
		const samples = {
			oursMicroseconds: times.map(({ ours }) => ours),
			peerMicroseconds: times.map(({ peer }) => peer),
			bareMicroseconds: times.map(({ bare }) => bare),
		};
		const [ours, peer, bare] = Object.values(samples).map(median);
		const faster = peer / ours;
		return {
			ours: `${ours.toFixed(0)} µs`,
			peerFigure: `${peer.toFixed(0)} µs`,
			ratio: faster,
			verdict: verdictOn(faster >= 5, peer / bare >= 5),
			notes: [
				`Node's Ed25519 alone, which both call, takes ${bare.toFixed(0)} µs: nothing that verifies can be more than ${(peer / bare).toFixed(1)} times as fast as this peer.`,
			],
			samples,
		};
	},
};
