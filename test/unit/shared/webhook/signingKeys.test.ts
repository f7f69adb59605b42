import type { ICredentialDataDecryptedObject, IHookFunctions } from 'n8n-workflow';

import { TelnyxError } from '../../../../nodes/shared/errors';
import { telnyxData } from '../../../../nodes/shared/resources';
import { isSignedBy, readDelivery } from '../../../../nodes/shared/webhook/signature';
import {
	fetchSigningKeys,
	renewedSigningKeys,
	signingKeys,
} from '../../../../nodes/shared/webhook/signingKeys';
import { makeSigningPair, signatureOf } from './deliveries';
import type { SigningPair } from './deliveries';
import { triggerContext } from '../../TelnyxFaxTrigger/triggerContext';

jest.mock('../../../../nodes/shared/resources', () => ({ telnyxData: jest.fn() }));

const minutes = 60_000;
const asked = jest.mocked(telnyxData);
let now: number;
let credentials = 0;

const names = (pair: SigningPair) => asked.mockResolvedValue({ public: pair.publicKey });

/** The context of a trigger whose credential no other test uses. */
const fresh = (credential?: ICredentialDataDecryptedObject) =>
	triggerContext({ credentialId: `credential ${++credentials}`, credential });

function signs(pair: SigningPair, keys: Awaited<ReturnType<typeof signingKeys>> = []): boolean {
	const timestamp = String(Math.floor(now / 1000));
	const delivery = readDelivery(
		{ timestamp, signature: signatureOf(pair, timestamp, '{}'), rawBody: Buffer.from('{}') },
		now,
	);
	return typeof delivery === 'object' && isSignedBy(keys, delivery);
}

const unavailable = () =>
	new TelnyxError('Telnyx has a problem', { outcome: 'unknown', status: 503, nextStep: 'Wait' });

beforeEach(() => {
	now = 1_800_000_000_000;
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	asked.mockReset();
});

afterEach(() => jest.restoreAllMocks());

describe('the key that Telnyx names', () => {
	it.each(['public', 'public_key'])('is taken from the field %s', async (field) => {
		const pair = makeSigningPair();
		asked.mockResolvedValue({ [field]: pair.publicKey });
		const context = fresh();
		expect(signs(pair, await fetchSigningKeys(context))).toBe(true);
		expect(asked).toHaveBeenCalledWith(
			context,
			expect.objectContaining({ method: 'GET', path: '/public_key' }),
		);
	});

	it('is asked for once, however many deliveries come', async () => {
		const pair = makeSigningPair();
		names(pair);
		const context = fresh();
		const all = await Promise.all(
			Array.from({ length: 50 }, async () => await signingKeys(context)),
		);
		expect(all.every((keys) => signs(pair, keys))).toBe(true);
		now += 24 * 60 * minutes;
		expect(signs(pair, await signingKeys(context))).toBe(true);
		expect(asked).toHaveBeenCalledTimes(1);
	});

	it('is asked for with each credential of its own', async () => {
		const [one, other] = [makeSigningPair(), makeSigningPair()];
		asked
			.mockResolvedValueOnce({ public: one.publicKey })
			.mockResolvedValueOnce({ public: other.publicKey });
		const [first, second] = [fresh(), fresh()];
		const [ofFirst, ofSecond] = [await signingKeys(first), await signingKeys(second)];
		expect([signs(one, ofFirst), signs(other, ofFirst)]).toEqual([true, false]);
		expect([signs(one, ofSecond), signs(other, ofSecond)]).toEqual([false, true]);
	});

	it('is asked for anew at each activation', async () => {
		const context = fresh();
		names(makeSigningPair());
		await fetchSigningKeys(context);
		await fetchSigningKeys(context);
		expect(asked).toHaveBeenCalledTimes(2);
	});
});

describe('after a rotation', () => {
	const [before, after] = [makeSigningPair(), makeSigningPair()];
	let context: IHookFunctions;

	beforeEach(async () => {
		context = fresh();
		names(before);
		await fetchSigningKeys(context);
		names(after);
		now += 6 * minutes;
		await renewedSigningKeys(context);
	});

	const valid = async () => {
		const keys = await signingKeys(context);
		return [signs(before, keys), signs(after, keys)];
	};

	it('both keys are valid for 60 minutes, then only the new one', async () => {
		expect(await valid()).toEqual([true, true]);
		now += 60 * minutes - 1;
		expect(await valid()).toEqual([true, true]);
		now += 1;
		expect(await valid()).toEqual([false, true]);
	});

	it('asking again does not make the old key live longer', async () => {
		now += 30 * minutes;
		await fetchSigningKeys(context);
		now += 30 * minutes;
		expect(await valid()).toEqual([false, true]);
	});

	it('a second rotation keeps all keys of the last 60 minutes', async () => {
		const third = makeSigningPair();
		names(third);
		now += 10 * minutes;
		await renewedSigningKeys(context);
		expect(await valid()).toEqual([true, true]);
		expect(signs(third, await signingKeys(context))).toBe(true);
	});

	it('a key that Telnyx names again is valid without end', async () => {
		names(before);
		now += 10 * minutes;
		await renewedSigningKeys(context);
		now += 120 * minutes;
		expect(await valid()).toEqual([true, false]);
	});
});

describe('a flood of unknown signatures', () => {
	it('asks Telnyx at most once per 5 minutes', async () => {
		const context = fresh();
		names(makeSigningPair());
		await fetchSigningKeys(context);
		asked.mockClear();
		for (let second = 0; second < 20 * 60; second += 10) {
			now += 10_000;
			await Promise.all(Array.from({ length: 5 }, async () => await renewedSigningKeys(context)));
		}
		expect(asked.mock.calls.length).toBeGreaterThanOrEqual(3);
		expect(asked.mock.calls.length).toBeLessThanOrEqual(4);
	});

	it('asks Telnyx at most once per 5 minutes also while Telnyx fails', async () => {
		const context = fresh();
		names(makeSigningPair());
		await fetchSigningKeys(context);
		asked.mockReset().mockRejectedValue(unavailable());
		now += 6 * minutes;
		await expect(renewedSigningKeys(context)).rejects.toThrow('Telnyx has a problem');
		now += 4 * minutes;
		expect(await renewedSigningKeys(context)).toBeUndefined();
		expect(asked).toHaveBeenCalledTimes(1);
	});

	it('leaves the known key in force while Telnyx fails', async () => {
		const pair = makeSigningPair();
		const context = fresh();
		names(pair);
		await fetchSigningKeys(context);
		asked.mockReset().mockRejectedValue(unavailable());
		now += 6 * minutes;
		await expect(renewedSigningKeys(context)).rejects.toThrow();
		expect(signs(pair, await signingKeys(context))).toBe(true);
	});
});

describe('without a key', () => {
	it('asks a failing Telnyx again after 10 seconds, not for each delivery', async () => {
		const context = fresh();
		asked.mockRejectedValue(unavailable());
		for (let second = 0; second < 20; second++) {
			await expect(signingKeys(context)).rejects.toThrow('Telnyx has a problem');
			now += 1000;
		}
		expect(asked).toHaveBeenCalledTimes(2);
		const pair = makeSigningPair();
		names(pair);
		now += 10_000;
		expect(signs(pair, await signingKeys(context))).toBe(true);
	});

	it.each([
		[
			'the endpoint is missing',
			() =>
				asked.mockRejectedValue(
					new TelnyxError('Not found', { outcome: 'refused', status: 404, nextStep: '' }),
				),
		],
		['the answer is empty', () => asked.mockResolvedValue({})],
		['the answer has no text', () => asked.mockResolvedValue({ public: 5 })],
	])('says where in the portal it is when %s', async (_what, prepare) => {
		prepare();
		await expect(fetchSigningKeys(fresh())).rejects.toMatchObject({
			message: expect.stringContaining('did not name the key'),
			nextStep: expect.stringMatching(/Keys & Credentials > Public Key.*field Public Key/),
		});
	});

	it('says that what Telnyx named is no key', async () => {
		asked.mockResolvedValue({ public: 'not a key' });
		await expect(fetchSigningKeys(fresh())).rejects.toMatchObject({
			message: expect.stringContaining('not valid'),
		});
	});

	it.each([401, 403, 500])("passes Telnyx's refusal with status %i on", async (status) => {
		const error = new TelnyxError('Refused', { outcome: 'refused', status, nextStep: '' });
		asked.mockRejectedValue(error);
		await expect(fetchSigningKeys(fresh())).rejects.toBe(error);
	});
});

describe("the credential's own keys", () => {
	const [one, two] = [makeSigningPair(), makeSigningPair()];

	it.each([
		['a comma', ','],
		['a comma and a space', ', '],
		['a line break', '\n'],
		['a semicolon', ';'],
	])('are all valid, separated by %s, and Telnyx is not asked', async (_what, separator) => {
		const context = fresh({ publicKey: ` ${one.publicKey}${separator}${two.publicKey} ` });
		const keys = await fetchSigningKeys(context);
		expect([signs(one, keys), signs(two, keys)]).toEqual([true, true]);
		expect(asked).not.toHaveBeenCalled();
	});

	it('are refused as a whole where one of them is no key', async () => {
		const context = fresh({ publicKey: `${one.publicKey},${two.publicKey.slice(1)}` });
		await expect(fetchSigningKeys(context)).rejects.toMatchObject({
			message: expect.stringContaining('44 characters of base64'),
			nextStep: expect.stringContaining('Public Key'),
		});
	});

	it('replace a key that Telnyx had named, at once', async () => {
		const named = makeSigningPair();
		names(named);
		const id = `credential ${++credentials}`;
		await fetchSigningKeys(triggerContext({ credentialId: id }));
		const context = triggerContext({
			credentialId: id,
			credential: { publicKey: one.publicKey },
		});
		await fetchSigningKeys(context);
		const keys = await signingKeys(context);
		expect([signs(named, keys), signs(one, keys)]).toEqual([false, true]);
	});
});
