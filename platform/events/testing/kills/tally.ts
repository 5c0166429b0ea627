import type { Participant } from './participant';
import type { Report } from './report';

type Life = {
  publications: number;
  deliveries: number;
  /** Handlers that ended well, in transactions that may have ended otherwise. */
  handled: number;
  /** Deliveries that ended well without the handler, after it had ended well: the effect was found there. */
  found: number;
};

const steps = ['change', 'publish', 'delivery', 'handler'] as const;
type Step = (typeof steps)[number];

/** Keeps count of what the participants tell, and of what they were in the middle of when they were killed. */
export const createTally = () => {
  const events = new Map<string, Life>();
  const open = new Map<Participant, Map<Step, Set<string>>>();
  const interrupted: Record<Step, number> = { change: 0, publish: 0, delivery: 0, handler: 0 };
  const counts = { failures: 0, retries: 0, parked: 0 };
  let handlers = 0;
  const handledIn = new WeakMap<Participant, Set<string>>();

  const lifeOf = (id: string): Life => {
    const life = events.get(id) ?? { publications: 0, deliveries: 0, handled: 0, found: 0 };
    events.set(id, life);
    return life;
  };

  const openOf = (participant: Participant) => {
    const known = open.get(participant) ?? new Map(steps.map((step) => [step, new Set<string>()]));
    open.set(participant, known);
    return known;
  };

  const ignored = new Set<string>();

  const endDelivery = (participant: Participant, id: string, outcome: 'ok' | 'failed'): void => {
    const isHandled = handledIn.get(participant)?.delete(id) ?? false;
    if (outcome === 'failed') counts.failures += 1;
    else if (!isHandled && lifeOf(id).handled > 0) lifeOf(id).found += 1;
    else if (!isHandled && !ignored.has(id)) counts.parked += 1;
  };

  const count = (participant: Participant, told: Report): void => {
    switch (told[0]) {
      case 'publish+':
        for (const id of told.slice(1)) lifeOf(id).publications += 1;
        break;
      case 'delivery+':
        lifeOf(told[1]).deliveries += 1;
        if (told[2] > 1) counts.retries += 1;
        if (!told[3]) ignored.add(told[1]);
        break;
      case 'delivery-':
        endDelivery(participant, told[1], told[2]);
        break;
      case 'handler+':
        handledIn.set(participant, (handledIn.get(participant) ?? new Set()).add(told[1]));
        break;
      case 'handler-':
        handlers += 1;
        if (told[2] === 'ok') lifeOf(told[1]).handled += 1;
        break;
    }
  };

  const sum = (number: (life: Life) => number): number =>
    [...events.values()].reduce((total, life) => total + number(life), 0);

  return {
    listen: (participant: Participant, told: Report): void => {
      count(participant, told);
      const [step, sign] = [told[0].slice(0, -1) as Step, told[0].at(-1)];
      const steps = openOf(participant).get(step);
      if (sign === '+') steps?.add(String(told[1]));
      if (sign === '-') steps?.delete(String(told[1]));
    },
    /** To be called when all that a killed participant told has been heard. */
    killed: (participant: Participant): void => {
      for (const [step, ids] of open.get(participant) ?? []) if (ids.size > 0) interrupted[step] += 1;
      open.delete(participant);
    },
    /** How many handlers ended so far. */
    handled: (): number => handlers,
    figures: () => ({
      'killed amid a change': interrupted.change,
      'killed amid a publication': interrupted.publish,
      'killed amid a delivery': interrupted.delivery,
      'killed amid a handler': interrupted.handler,
      'published again': sum(({ publications }) => Math.max(0, publications - 1)),
      'delivered again': sum(({ deliveries }) => Math.max(0, deliveries - 1)),
      'handled again, undone before': sum(({ handled }) => Math.max(0, handled - 1)),
      'delivered again, found applied': sum(({ found }) => found),
      'deliveries that failed': counts.failures,
      'tried again': counts.retries,
      'waited for an earlier event': counts.parked,
    }),
  };
};

export type Tally = ReturnType<typeof createTally>;
