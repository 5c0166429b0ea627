import * as fc from 'fast-check';
import type { Revogacao } from './read-revocations';
import { createRevocationIndex } from './revocation-index';

const t0 = Date.parse('2026-11-22T12:00:00Z');
const minutes = 60_000;
const id = '0193a4de-0000-7000-8000-000000000001';

const who = (sessaoId: string) => ({ sessaoId, usuarioId: 'pessoa', organizacaoId: 'padaria' });

const ofSession = (desde: number, sessaoId = id): Revogacao => ({
  sessaoId,
  usuarioId: null,
  organizacaoId: null,
  desde: new Date(desde),
});

const read = (lidasAte: number, entradas: readonly Revogacao[] = []) => ({
  lidasAte: new Date(lidasAte),
  entradas: [...entradas],
});

const tokenLife = 15 * minutes;
const skew = 30_000;

describe('the index of revocations', () => {
  it('refuses what is older than the entry, by the latest of several, and nobody else', () => {
    const index = createRevocationIndex(t0);
    index.add(read(t0, [ofSession(t0 + 5), ofSession(t0 + 3)]), t0);
    expect([t0 + 4, t0 + 5, t0 + 6].map((at) => index.refuses(who(id), at))).toEqual([true, false, false]);
    index.add(read(t0, [ofSession(t0 + 4)]), t0);
    expect(index.refuses(who(id), t0 + 4)).toBe(true);
    expect(index.refuses(who(id.replace('1', '2')), 0)).toBe(false);
    // The id of a session is that of no person.
    expect(index.refuses({ sessaoId: '__proto__', usuarioId: id, organizacaoId: id }, 0)).toBe(false);
  });

  it('refuses a person in one organization, and another time everywhere', () => {
    const index = createRevocationIndex(t0);
    const ofPerson = (desde: number, organizacaoId: string | null): Revogacao => ({
      sessaoId: null,
      usuarioId: id,
      organizacaoId,
      desde: new Date(desde),
    });
    const refused = (organizacaoId: string, at: number, usuarioId = id) =>
      index.refuses({ sessaoId: 'qualquer', usuarioId, organizacaoId }, at);
    index.add(read(t0, [ofPerson(t0 + 5, 'padaria')]), t0);
    expect([t0 + 4, t0 + 5].map((at) => refused('padaria', at))).toEqual([true, false]);
    expect(refused('oficina', 0)).toBe(false);
    expect(refused('padaria', 0, 'vizinha')).toBe(false);
    // Neither of the two entries takes the place of the other.
    index.add(read(t0, [ofPerson(t0 + 3, null)]), t0);
    expect([t0 + 2, t0 + 3].map((at) => refused('oficina', at))).toEqual([true, false]);
    expect([t0 + 4, t0 + 5].map((at) => refused('padaria', at))).toEqual([true, false]);
    index.add(read(t0), t0 + 17 * minutes);
    expect(refused('padaria', 0)).toBe(false);
    expect(refused('oficina', 0)).toBe(false);
  });

  it('reads all at first, and then what may have committed since, whether or not there was anything', () => {
    const index = createRevocationIndex(t0);
    expect(index.since()).toBeNull();
    index.add(read(t0 + 60 * minutes), t0);
    expect(index.since()).toEqual(new Date(t0 + 59 * minutes));
    index.add(read(t0 + 61 * minutes, [ofSession(t0 - 5 * minutes)]), t0);
    expect(index.since()).toEqual(new Date(t0 + 60 * minutes));
  });

  it('reads all again when the clock of the database was set back', () => {
    const index = createRevocationIndex(t0);
    index.add(read(t0 + 60 * minutes), t0);
    index.add(read(t0), t0);
    expect(index.since()).toBeNull();
    index.add(read(t0 + 1), t0);
    expect(index.since()).toEqual(new Date(t0 + 1 - minutes));
  });

  it('forgets what no token lives long enough for, also after a clock that was ahead', () => {
    for (const forgottenAt of [t0, t0 + 90 * minutes]) {
      const index = createRevocationIndex(forgottenAt);
      index.add(read(t0, [ofSession(t0), ofSession(t0 + 2 * minutes, 'outra')]), t0 + 15 * minutes);
      expect(index.refuses(who(id), t0 - 1)).toBe(true);
      index.add(read(t0), t0 + 17 * minutes);
      expect(index.refuses(who(id), t0 - 1)).toBe(false);
      expect(index.refuses(who('outra'), t0 - 1)).toBe(true);
    }
  });

  it('lets no revoked token through that has not expired, however far the clocks are apart', () =>
    fc.assert(
      fc.property(
        fc.record({
          router: fc.integer({ min: -60, max: 60 }).map((m) => m * minutes),
          database: fc.integer({ min: -60, max: 60 }).map((m) => m * minutes),
          /** The database's clock is set back while all goes on. */
          leap: fc.integer({ min: -30, max: 0 }).map((m) => m * minutes),
          leapsAt: fc.integer({ min: 0, max: 40 * minutes }),
        }),
        fc.integer({ min: 0, max: 40 * minutes }),
        fc.array(
          fc.record({
            registeredAt: fc.integer({ min: 0, max: 40 * minutes }),
            commits: fc.integer({ min: 0, max: 10_000 }),
            tokenAge: fc.integer({ min: 1, max: tokenLife }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        fc.integer({ min: 500, max: 20_000 }),
        (ahead, startsAt, revoked, everyMs) => {
          // Instants of usuarios count from t0; the others' clocks are `ahead` of it.
          const inDatabase = (at: number) =>
            t0 + at + ahead.database + (at >= ahead.leapsAt ? ahead.leap : 0);
          const index = createRevocationIndex(t0 + startsAt + ahead.router);
          let reads = 0;
          for (let at = startsAt; at < 60 * minutes; at += everyMs) {
            const since = index.since();
            const visible = revoked
              .map((one, i) => ({ ...one, entry: ofSession(t0 + one.registeredAt, `s${i}`) }))
              .filter(({ registeredAt, commits }) => registeredAt + commits <= at);
            const served = visible.filter(
              ({ registeredAt }) => !since || inDatabase(registeredAt) >= since.getTime(),
            );
            const entries = served.map(({ entry }) => entry);
            index.add(read(inDatabase(at), entries), t0 + at + ahead.router);
            reads += 1;
            // A reading finds out that the clock was set back, and the next one reads it all.
            const isBehind = reads > 1 && at >= ahead.leapsAt && at - everyMs < ahead.leapsAt;
            for (const { entry, registeredAt, tokenAge } of isBehind ? [] : visible) {
              const issuedAt = t0 + registeredAt - tokenAge;
              const isExpired = t0 + at + ahead.router > issuedAt + tokenLife + skew;
              if (!isExpired && !index.refuses(who(entry.sessaoId!), issuedAt)) return false;
            }
          }
          return true;
        },
      ),
      { numRuns: 60 },
    ));
});
