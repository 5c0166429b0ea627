import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { ConfigError } from './config';
import { log } from './log';
import { rotateKeys } from './rotate-keys';
import { ensureSigningKeys, readSigningKeys } from './signing-keys';
import { temporaryFolder } from './testing/temporary-folder';
import { until } from './testing/until';
import { watchSigningKeys } from './watch-signing-keys';

const t0 = Date.parse('2026-11-22T12:00:00Z');
const minutes = 60_000;
const at = (ms: number) => new Date(t0 + ms);

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
});
afterAll(() => temporary.remove());

let folders = 0;
const newFile = async () => {
  const file = join(temporary.path, `${folders++}`, 'chaves.json');
  await ensureSigningKeys(file);
  return file;
};
const from = (file: string) => ({ file, setting: 'TEIA_CHAVES' as const });
const rotate = (file: string, now: Date, delayMs = 2 * minutes) => rotateKeys(from(file), { now, delayMs });
const kidsOf = async (file: string) =>
  (await (await readSigningKeys(file)).jwks()).keys.map(({ kid }) => kid);
const signerOf = async (file: string, now: Date) => (await readSigningKeys(file)).signing(now).kid;

describe('a rotation', () => {
  test('announces a key, which signs after the delay, and keeps the one before', async () => {
    const file = await newFile();
    const first = await signerOf(file, at(0));
    const rotated = await rotate(file, at(1));
    expect(rotated).toEqual({
      kid: expect.stringMatching(/^[\w-]{43}$/),
      from: at(2 * minutes + 1000),
      dropped: [],
    });
    expect(await kidsOf(file)).toEqual([first, rotated.kid]);
    expect(await signerOf(file, at(2 * minutes))).toBe(first);
    expect(await signerOf(file, rotated.from)).toBe(rotated.kid);
  });

  test('drops a key once another has signed for an hour, and not before', async () => {
    const file = await newFile();
    const first = await signerOf(file, at(0));
    const second = await rotate(file, at(0), 0);
    const early = await rotate(file, at(60 * minutes - 1), 0);
    expect(early.dropped).toEqual([]);
    const late = await rotate(file, at(60 * minutes));
    expect(late.dropped).toEqual([first]);
    expect(await kidsOf(file)).toEqual([second.kid, early.kid, late.kid]);
  });

  test('drops nothing of a set that was ordered by hand, whose keys say no time', async () => {
    const [a, b] = ['a', 'b'].map((kid) => ({
      ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
      kid,
    }));
    const file = await newFile();
    const { d: _, ...retired } = b!;
    await writeFile(file, JSON.stringify({ keys: [a, retired] }));
    expect((await rotate(file, at(0), 0)).dropped).toEqual([]);
    expect((await rotate(file, at(59 * minutes), 0)).dropped).toEqual([]);
    expect((await rotate(file, at(61 * minutes), 0)).dropped).toEqual(['a', 'b']);
  });

  test('never drops what may still have to be verified, nor signs with what is not announced', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pause: fc.nat(90 * minutes), delayMs: fc.nat(10 * minutes) }), {
          minLength: 1,
          maxLength: 6,
        }),
        async (rotations) => {
          const file = await newFile();
          let now = t0;
          const lastSigned = new Map<string, number>();
          for (const { pause, delayMs } of rotations) {
            const { signing } = await readSigningKeys(file);
            for (let instant = now; instant < now + pause; instant += 30_000) {
              lastSigned.set(signing(new Date(instant)).kid, instant);
            }
            now += pause;
            lastSigned.set(signing(new Date(now)).kid, now);
            await rotateKeys(from(file), { now: new Date(now), delayMs });
            const known = new Set(await kidsOf(file));
            for (const [kid, instant] of lastSigned) {
              if (now - instant <= 16 * minutes) expect(known).toContain(kid);
            }
          }
        },
      ),
      { numRuns: 20 },
    ));

  test('leaves permissions as they are, and nothing else behind', async () => {
    const file = await newFile();
    await rotate(file, at(0));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await chmod(file, 0o444);
    await rotate(file, at(0));
    expect((await stat(file)).mode & 0o777).toBe(0o444);
    expect(await readdir(join(file, '..'))).toEqual(['chaves.json']);
  });

  test('at the same time as another is refused, or comes after it: no key is lost', async () => {
    const file = await newFile();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => rotate(file, at(0))));
    const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.kid] : []));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason.message).toMatch(/outra rotação/);
    }
    expect(done.length).toBeGreaterThan(0);
    expect(await kidsOf(file)).toEqual(expect.arrayContaining(done));
  });

  test('refuses a file that is none, quoting nothing and changing nothing', async () => {
    const file = await newFile();
    await writeFile(file, '{"keys":[{"d":"segredo"');
    const refusal = await rotate(file, at(0)).catch((error) => error);
    expect(refusal).toBeInstanceOf(ConfigError);
    expect(refusal.message).not.toContain('segredo');
    expect(await readFile(file, 'utf8')).toBe('{"keys":[{"d":"segredo"');
    await expect(rotate(join(file, '..', 'nada.json'), at(0))).rejects.toThrow(
      /TEIA_CHAVES: o arquivo não existe/,
    );
  });
});

describe('a file that is watched', () => {
  const everyMs = 10;

  test('is taken over as it changes; the set stays the same object as long as it does not', async () => {
    const file = await newFile();
    const keys = await watchSigningKeys(file, 'TEIA_CHAVES', everyMs);
    const before = await keys.jwks();
    const rotated = await rotate(file, at(0));
    await until(async () => (await keys.jwks()).keys.length === 2);
    expect(await keys.jwks()).not.toBe(before);
    expect(await keys.jwks()).toBe(await keys.jwks());
    expect(keys.signing(at(0)).kid).not.toBe(rotated.kid);
    expect(keys.signing(rotated.from).kid).toBe(rotated.kid);
    await keys.stop();
  });

  test('that turns wrong is reported without its content, and the last good one stays until there is another', async () => {
    const warned = jest.spyOn(log, 'warn').mockImplementation(() => {});
    const file = await newFile();
    const keys = await watchSigningKeys(file, 'TEIA_CHAVES', everyMs);
    const before = await keys.jwks();
    const good = await readFile(file, 'utf8');
    await writeFile(file, good.replaceAll('Ed25519', 'X25519'));
    await until(() => warned.mock.calls.length > 0);
    expect(await keys.jwks()).toBe(before);
    expect(JSON.stringify(warned.mock.calls)).not.toContain(JSON.parse(good).keys[0].d);
    expect(JSON.stringify(warned.mock.calls)).toContain('TEIA_CHAVES');
    await writeFile(file, good);
    await rotate(file, at(0));
    await until(async () => (await keys.jwks()).keys.length === 2);
    await keys.stop();
    warned.mockRestore();
  });

  test('has to be good at first', async () => {
    const folder = join(temporary.path, `${folders++}`);
    await mkdir(folder);
    await expect(watchSigningKeys(join(folder, 'chaves.json'))).rejects.toBeInstanceOf(ConfigError);
  });
});
