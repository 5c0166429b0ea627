import { setTimeout as sleep } from 'node:timers/promises';
import { type Participant, startParticipant } from './participant';
import type { Random } from './random';
import type { Phase } from './report';
import type { ParticipantSettings, Role } from './settings';
import type { Tally } from './tally';

/** At which news of itself each may be killed. */
const phases: Record<Role, readonly Phase[]> = {
  producer: ['change+', 'change-'],
  relay: ['publish+', 'publish-'],
  consumer: ['delivery+', 'handler+', 'handler-', 'delivery-'],
  all: ['change+', 'publish+', 'publish-', 'delivery+', 'handler+', 'handler-', 'delivery-'],
};

type Making = {
  readonly settings: Omit<ParticipantSettings, 'role' | 'seed'>;
  readonly random: Random;
  readonly tally: Tally;
};

/** The processes that take part. Who is killed is replaced. */
export const createCast = (roles: readonly Role[], { settings, random, tally }: Making) => {
  const start = (role: Role): Participant =>
    startParticipant({ ...settings, role, seed: random.below(2 ** 32) }, tally.listen);
  const participants = roles.map(start);

  const kill = async (victim: Participant): Promise<void> => {
    await victim.kill();
    tally.killed(victim);
  };

  /** @throws Error when one ended without being killed. */
  const check = (): void => {
    for (const { failure } of participants) {
      const reason = failure();
      if (reason) throw new Error(reason);
    }
  };

  return {
    check,
    allReady: async (): Promise<void> => {
      while (participants.some(({ isReady }) => !isReady())) {
        check();
        await sleep(20);
      }
    },
    /** Kills one of those at work: at any moment, or right at or shortly after one that it tells of. */
    killOne: async (): Promise<Role | null> => {
      const ready = participants.filter(({ isReady }) => isReady());
      if (ready.length === 0) return null;
      const victim = random.oneOf(ready);
      if (random.happens(0.6)) {
        await victim.reaches(random.oneOf(phases[victim.role]), 400);
        if (random.happens(0.4)) await sleep(random.below(8));
      }
      await kill(victim);
      participants[participants.indexOf(victim)] = start(victim.role);
      return victim.role;
    },
    /** Kills those who change anything; nobody replaces them. */
    endChanges: async (): Promise<void> => {
      for (const participant of participants.splice(0)) {
        if (participant.role === 'relay' || participant.role === 'consumer') participants.push(participant);
        else await kill(participant);
      }
    },
    close: async (): Promise<void> => {
      await Promise.all(participants.map((participant) => participant.kill()));
    },
  };
};
