import type { Caller } from '../../platform/caller';
import type { Revogacao } from './read-revocations';

/** Longer than any access token lives, with all skew. */
const rememberedMs = 16 * 60_000;
/** A transaction may take 10 s from the instant of its entry to its end, and clocks differ. */
const overlapMs = 60_000;
const forgetEveryMs = 60_000;

type Instants = Map<string, number>;

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
  let latest = Number.NEGATIVE_INFINITY;
  let forgottenAt = startedAt;

  const forget = (now: number): void => {
    if (now - forgottenAt < forgetEveryMs) return;
    forgottenAt = now;
    for (const instants of [ofSessions, ofPeople]) dropBefore(instants, now - rememberedMs);
  };

  return {
    /**
     * From when on entries may be new, in a read that begins now. It goes by the clock of who wrote the last one: with
     * ours, if it were ahead, some would never be read.
     */
    since: (now: number): Date =>
      new Date(
        latest === Number.NEGATIVE_INFINITY ? startedAt - rememberedMs : Math.min(latest, now) - overlapMs,
      ),
    add: (entries: readonly Revogacao[], now: number): void => {
      for (const { sessaoId, usuarioId, desde } of entries) {
        const instant = desde.getTime();
        latest = Math.max(latest, instant);
        note(ofSessions, sessaoId, instant);
        note(ofPeople, usuarioId, instant);
      }
      forget(now);
    },
    /** @param issuedAt in milliseconds since the epoch, as `desde` is. */
    refuses: ({ sessaoId, usuarioId }: Pick<Caller, 'sessaoId' | 'usuarioId'>, issuedAt: number): boolean =>
      issuedAt < (ofSessions.get(sessaoId) ?? Number.NEGATIVE_INFINITY) ||
      issuedAt < (ofPeople.get(usuarioId) ?? Number.NEGATIVE_INFINITY),
    size: () => ofSessions.size + ofPeople.size,
  };
};
