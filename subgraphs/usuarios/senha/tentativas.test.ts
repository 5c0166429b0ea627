import { withoutRequest } from '../../../platform/caller';
import { unauthenticated } from '../../../platform/errors';
import type { Limits } from '../../../platform/limits/limits';
import { memoryLimits } from '../../../platform/limits/testing/memory-limits';
import { comTentativa } from './tentativas';

const errar = async () => {
  throw unauthenticated('não', 'CREDENCIAIS_INVALIDAS');
};
const acertar = async () => 'certo';

const cenario = (limits: Limits = memoryLimits(), registrarBloqueio = (_conta: string) => {}) => ({
  /** How an attempt from an address ends: with its answer, or a code. */
  tentar: (ip: string | null, conta: string | null, work: () => Promise<string>) =>
    comTentativa({ limits, registrarBloqueio, info: { ...withoutRequest('r1'), ip } }, conta, work).catch(
      ({ code }) => code,
    ),
});

/** What so many attempts came to, each answer once. */
const inTurn = async (many: number, attempt: (index: number) => Promise<unknown>): Promise<unknown[]> => {
  const answers = new Set<unknown>();
  for (let index = 0; index < many; index++) answers.add(await attempt(index));
  return [...answers];
};

it('lets an address try a hundred times, whichever the accounts, and lock none after that', async () => {
  const { tentar } = cenario();
  expect(await inTurn(100, (index) => tentar('192.0.2.1', `conta ${index}`, errar))).toEqual([
    'UNAUTHENTICATED',
  ]);
  expect(await inTurn(30, () => tentar('192.0.2.1', 'ana', errar))).toEqual(['RATE_LIMITED']);
  expect(await tentar('192.0.2.1', null, acertar)).toBe('RATE_LIMITED');
  expect(await tentar('192.0.2.2', 'ana', acertar)).toBe('certo');
});

it('counts the addresses of one IPv6 network together', async () => {
  const { tentar } = cenario();
  const from = (index: number) => tentar(`2001:db8:0:1::${index.toString(16)}`, null, errar);
  expect(await inTurn(100, from)).toEqual(['UNAUTHENTICATED']);
  expect(await from(1_000)).toBe('RATE_LIMITED');
  expect(await tentar('2001:db8:0:2::1', null, acertar)).toBe('certo');
});

it('does not use up the address for those who succeed', async () => {
  const { tentar } = cenario();
  expect(await inTurn(300, (index) => tentar(null, `conta ${index}`, acertar))).toEqual(['certo']);
});

it('lets an account be tried ten times from one place, locking nobody out elsewhere', async () => {
  const { tentar } = cenario();
  expect(await inTurn(10, () => tentar('192.0.2.1', 'ana', errar))).toEqual(['UNAUTHENTICATED']);
  expect(await inTurn(30, () => tentar('192.0.2.1', 'ana', acertar))).toEqual(['RATE_LIMITED']);
  expect(await tentar('192.0.2.1', 'bia', acertar)).toBe('certo');
  expect(await tentar('192.0.2.2', 'ana', acertar)).toBe('certo');
});

it('lets an account be tried fifty times from wherever, of which none that was refused counts', async () => {
  const { tentar } = cenario();
  for (const place of [1, 2, 3, 4]) {
    await inTurn(20, () => tentar(`192.0.2.${place}`, 'ana', errar));
  }
  expect(await inTurn(10, (index) => tentar(`198.51.100.${index}`, 'ana', errar))).toEqual([
    'UNAUTHENTICATED',
  ]);
  expect(await tentar('203.0.113.1', 'ana', acertar)).toBe('RATE_LIMITED');
});

it('forgives an account what failed, to who succeeds', async () => {
  const { tentar } = cenario();
  for (let round = 0; round < 3; round++) {
    expect(await inTurn(40, (index) => tentar(`192.0.2.${index}`, 'ana', errar))).toEqual([
      'UNAUTHENTICATED',
    ]);
    expect(await inTurn(9, () => tentar('198.51.100.1', 'ana', errar))).toEqual(['UNAUTHENTICATED']);
    expect(await tentar('198.51.100.1', 'ana', acertar)).toBe('certo');
  }
});

it('does no work that it may not count', async () => {
  const attempt = jest.fn().mockRejectedValue(new Error('away'));
  const work = jest.fn(acertar);
  await cenario({ attempt, forgive: async () => {} }).tentar(null, 'ana', work);
  expect(work).not.toHaveBeenCalled();
});

it('tells once of each account that is locked, by one place or by many, however often it is tried', async () => {
  const bloqueios: string[] = [];
  const { tentar } = cenario(memoryLimits(), (conta) => bloqueios.push(conta));
  await inTurn(50, (index) => tentar(`192.0.2.${index}`, 'ana', errar));
  expect(bloqueios).toEqual([]);
  await Promise.all(Array.from({ length: 20 }, (_, index) => tentar(`192.0.2.${index}`, 'ana', errar)));
  await inTurn(30, () => tentar('198.51.100.1', 'bia', errar));
  expect(bloqueios).toEqual(['ana', 'bia']);
});
