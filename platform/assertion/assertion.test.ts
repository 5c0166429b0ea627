import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { decodeJwt, type JSONWebKeySet } from 'jose';
import { v7 } from 'uuid';
import type { Caller } from '../caller';
import { alcances } from '../permissions';
import { aCaller } from '../testing/callers';
import { InvalidTokenError } from '../verified-jwt';
import { createAssertionSigner } from './sign-assertion';
import { createAssertionVerifier } from './verify-assertion';

const aKey = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' } };
};
const first = aKey('a');
const second = aKey('b');
const setOf = (...keys: (typeof first)[]) => ({ keys: keys.map(({ jwk }) => jwk) }) as JSONWebKeySet;

const start = Date.parse('2026-11-22T12:00:00.999Z');
const clockAt = (ms = start) => {
  let now = ms;
  return {
    agora: () => new Date(now),
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
  };
};

const pair = (clock = clockAt(), key = first, jwks = setOf(first)) => ({
  clock,
  sign: createAssertionSigner({ signing: () => key }, clock),
  verify: createAssertionVerifier({ jwks: async () => jwks, audiences: ['vendas'], agora: clock.agora }),
});

const callers: fc.Arbitrary<Caller> = fc.record({
  usuarioId: fc.uuid(),
  organizacaoId: fc.uuid(),
  sessaoId: fc.uuid(),
  // Also what a newer version may name.
  permissoes: fc.dictionary(
    fc.string({ unit: 'binary' }).filter((name) => name !== '__proto__'),
    fc.constantFrom(...alcances),
  ),
  equipes: fc.array(fc.uuid()),
});

describe('an assertion', () => {
  it('says exactly who is asking', () =>
    fc.assert(
      fc.asyncProperty(callers, async (caller) => {
        const { sign, verify } = pair();
        expect(await verify(await sign(caller, 'vendas'))).toEqual({ caller, audience: 'vendas' });
      }),
      { numRuns: 50 },
    ));

  it('says of anonymous that it is anonymous, signed like any other', async () => {
    const { sign, verify } = pair();
    const assertion = await sign(null, 'vendas');
    expect(await verify(assertion)).toEqual({ caller: null, audience: 'vendas' });
    expect(Object.keys(decodeJwt(assertion)).sort()).toEqual(['anonimo', 'aud', 'exp', 'iat', 'iss']);
  });

  it('is for one subgraph', async () => {
    const { sign, verify } = pair();
    await expect(verify(await sign(aCaller(), 'clientes'))).rejects.toBeInstanceOf(InvalidTokenError);
    await expect(verify(await sign(null, 'clientes'))).rejects.toBeInstanceOf(InvalidTokenError);
  });

  it('is good for 60 s and 5 s of skew, each way, on the first look and on later ones', async () => {
    const { sign } = pair();
    const assertion = await sign(aCaller(), 'vendas');
    for (const [seconds, isGood] of [
      [-6, false],
      [-5, true],
      [0, true],
      [64, true],
      [65, false],
      [3_600, false],
    ] as const) {
      const { verify } = pair(clockAt(start + seconds * 1000));
      const isTaken = await verify(assertion).then(
        () => true,
        () => false,
      );
      expect([seconds, isTaken]).toEqual([seconds, isGood]);
    }
    const { clock, verify } = pair();
    await verify(assertion);
    clock.pass(65);
    await expect(verify(assertion)).rejects.toBeInstanceOf(InvalidTokenError);
  });
});

describe('signing', () => {
  it('happens once for a Caller and audience, until half of the life is over', async () => {
    const { clock, sign } = pair();
    const caller = aCaller();
    const one = await sign(caller, 'vendas');
    clock.pass(29);
    expect(await sign(caller, 'vendas')).toBe(one);
    expect(await sign(caller, 'clientes')).not.toBe(one);
    expect(await sign({ ...caller }, 'vendas')).not.toBe(one);
    clock.pass(1);
    const renewed = await sign(caller, 'vendas');
    expect(renewed).not.toBe(one);
    expect(await sign(caller, 'vendas')).toBe(renewed);
  });

  it('happens once for many requests at once, and for anonymous', async () => {
    const { sign } = pair();
    const caller = aCaller();
    const many = await Promise.all(
      Array.from({ length: 50 }, (_, i) => sign(i % 2 ? caller : null, 'vendas')),
    );
    expect(new Set(many).size).toBe(2);
  });

  it('happens anew when the clock was set back: an assertion of the future is worth nothing', async () => {
    const { clock, sign, verify } = pair();
    const caller = aCaller();
    const early = await sign(caller, 'vendas');
    clock.pass(-120);
    const late = await sign(caller, 'vendas');
    expect(late).not.toBe(early);
    await expect(verify(late)).resolves.toMatchObject({ caller });
  });
});

describe('verifying', () => {
  it('answers the same Caller object for the same assertion, so that asking on needs no new signature', async () => {
    const { sign, verify } = pair();
    const assertion = await sign(aCaller(), 'vendas');
    expect(await verify(assertion)).toBe(await verify(assertion));
  });

  it('goes on through a rotation, whichever process is ahead', async () => {
    const announced = setOf(first, second);
    const turned = setOf(second, first);
    const retired = setOf(second);
    const takes = async (key: typeof first, jwks: JSONWebKeySet) => {
      const { sign, verify } = pair(clockAt(), key, jwks);
      return verify(await sign(aCaller({ usuarioId: v7() }), 'vendas')).then(
        () => true,
        () => false,
      );
    };
    expect(await takes(first, announced)).toBe(true);
    expect(await takes(first, turned)).toBe(true);
    expect(await takes(second, announced)).toBe(true);
    expect(await takes(second, turned)).toBe(true);
    expect(await takes(second, retired)).toBe(true);
    expect(await takes(first, retired)).toBe(false);
    expect(await takes(second, setOf(first))).toBe(false);
  });
});
