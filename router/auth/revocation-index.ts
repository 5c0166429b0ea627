import type { Caller } from '../../platform/caller';
import type { RevogacoesLidas } from './read-revocations';

/** Longer than any access token lives, with all skew. */
const rememberedMs = 16 * 60_000;
/** A transaction may take 10 s, and registers its entries before it commits. */
const overlapMs = 60_000;
const forgetEveryMs = 60_000;

type Instants = Map<string, number>;

type Asker = Pick<Caller, 'sessaoId' | 'usuarioId' | 'organizacaoId'>;

/** Of a person in an organization. */
const keyOf = (usuarioId: string, organizacaoId: string): string => `${usuarioId} ${organizacaoId}`;

const isBefore = (instant: number, instants: Instants, id: string): boolean =>
  instant < (instants.get(id) ?? Number.NEGATIVE_INFINITY);

const note = (instants: Instants, id: string | null, instant: number): void => {
  if (id !== null) instants.set(id, Math.max(instant, instants.get(id) ?? instant));
};

const dropBefore = (instants: Instants, instant: number): void => {
  for (const [id, desde] of instants) {
    if (desde < instant) instants.delete(id);
  }
};

/** The entries that still matter. */
export const createRevocationIndex = (startedAt: number) => {
  const ofSessions: Instants = new Map();
  const ofPeople: Instants = new Map();
  const ofPeopleSomewhere: Instants = new Map();
  let readUntil: Date | null = null;
  let forgottenAt = startedAt;

  const forget = (now: number): void => {
    // A clock that was ahead and was set back must not keep everything until then.
    if (Math.abs(now - forgottenAt) < forgetEveryMs) return;
    forgottenAt = now;
    for (const instants of [ofSessions, ofPeople, ofPeopleSomewhere])
      dropBefore(instants, now - rememberedMs);
  };

  return {
    /** From when on entries may be new, by the clock that registers them; null when any may be. */
    since: (): Date | null => readUntil && new Date(readUntil.getTime() - overlapMs),
    add: ({ lidasAte, entradas }: RevogacoesLidas, now: number): void => {
      // When that clock was set back, some may be registered before what was read already.
      readUntil = readUntil && lidasAte < readUntil ? null : lidasAte;
      for (const { sessaoId, usuarioId, organizacaoId, desde } of entradas) {
        const instant = desde.getTime();
        note(ofSessions, sessaoId, instant);
        if (organizacaoId === null) note(ofPeople, usuarioId, instant);
        else note(ofPeopleSomewhere, usuarioId && keyOf(usuarioId, organizacaoId), instant);
      }
      forget(now);
    },
    /** @param issuedAt in milliseconds since the epoch, as `desde` is. */
    refuses: ({ sessaoId, usuarioId, organizacaoId }: Asker, issuedAt: number): boolean =>
      isBefore(issuedAt, ofSessions, sessaoId) ||
      isBefore(issuedAt, ofPeople, usuarioId) ||
      isBefore(issuedAt, ofPeopleSomewhere, keyOf(usuarioId, organizacaoId)),
  };
};
