import * as fc from 'fast-check';
import type { Revogacao } from './read-revocations';
import { createRevocationIndex } from './revocation-index';

const t0 = Date.parse('2026-11-22T12:00:00Z');
const minutes = 60_000;
const id = '0193a4de-0000-7000-8000-000000000001';

const who = (sessaoId: string) => ({ sessaoId, usuarioId: 'pessoa' });

const ofSession = (desde: number, sessaoId = id): Revogacao => ({
  sessaoId,
  usuarioId: null,
  desde: new Date(desde),
});

const tokenLife = 15 * minutes;
const skew = 30_000;

describe('the index of revocations', () => {
  it('refuses what is older than the entry, by the latest of several, and nobody else', () => {
    const index = createRevocationIndex(t0);
    index.add([ofSession(t0 + 5), ofSession(t0 + 3)], t0);
    expect([t0 + 4, t0 + 5, t0 + 6].map((at) => index.refuses(who(id), at))).toEqual([true, false, false]);
    index.add([ofSession(t0 + 4)], t0);
    expect(index.refuses(who(id), t0 + 4)).toBe(true);
    expect(index.refuses(who(id.replace('1', '2')), 0)).toBe(false);
    // The id of a session is that of no person.
    expect(index.refuses({ sessaoId: '__proto__', usuarioId: id }, 0)).toBe(false);
  });

  it('reads all that may matter at first, and then what may have been written since the last entry', () => {
    const index = createRevocationIndex(t0);
    expect(index.since(t0).getTime()).toBe(t0 - 16 * minutes);
    index.add([], t0);
    expect(index.since(t0 + minutes).getTime()).toBe(t0 - 16 * minutes);
    index.add([ofSession(t0 + 2 * minutes)], t0 + 2 * minutes);
    expect(index.since(t0 + 9 * minutes).getTime()).toBe(t0 + minutes);
    // Of a process whose clock is ahead: others write entries that are older still.
    index.add([ofSession(t0 + 60 * minutes)], t0 + 9 * minutes);
    expect(index.since(t0 + 10 * minutes).getTime()).toBe(t0 + 9 * minutes);
  });

  it('forgets what no token lives long enough for', () => {
    const index = createRevocationIndex(t0);
    const entries = Array.from({ length: 100 }, (_, i) => ofSession(t0, `sessao-${i}`));
    index.add(entries, t0);
    index.add([], t0 + 15 * minutes);
    expect(index.size()).toBe(100);
    index.add([], t0 + 17 * minutes);
    expect(index.size()).toBe(0);
  });

  it('lets no revoked token through that has not expired, however far the clocks are apart', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -60, max: 60 }).map((m) => m * minutes),
        fc.integer({ min: 0, max: 40 * minutes }),
        fc.array(
          fc.record({
            desde: fc.integer({ min: 0, max: 40 * minutes }),
            commits: fc.integer({ min: 0, max: 10_000 }),
            tokenAge: fc.integer({ min: 1, max: tokenLife }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        fc.integer({ min: 500, max: 20_000 }),
        (ahead, startsAt, revoked, everyMs) => {
          // Instants of usuarios count from t0; the router's clock is `ahead` of it.
          const index = createRevocationIndex(t0 + startsAt + ahead);
          for (let at = startsAt; at < 60 * minutes; at += everyMs) {
            const since = index.since(t0 + at + ahead).getTime();
            const visible = revoked
              .map((one, i) => ({ ...one, entry: ofSession(t0 + one.desde, `s${i}`) }))
              .filter(({ desde, commits }) => desde + commits <= at);
            const served = visible.filter(({ entry }) => entry.desde.getTime() >= since);
            index.add(
              served.map(({ entry }) => entry),
              t0 + at + ahead,
            );
            for (const { entry, desde, tokenAge } of visible) {
              const issuedAt = t0 + desde - tokenAge;
              const isExpired = t0 + at + ahead > issuedAt + tokenLife + skew;
              if (!isExpired && !index.refuses(who(entry.sessaoId!), issuedAt)) return false;
            }
          }
          return true;
        },
      ),
      { numRuns: 60 },
    ));
});
