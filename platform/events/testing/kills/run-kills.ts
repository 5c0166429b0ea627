import { setTimeout as sleep } from 'node:timers/promises';
import { createCast } from './cast';
import { findProblems } from './find-problems';
import { createRandom, type Random } from './random';
import type { Role } from './settings';
import { type Engine, openStage, type Stage } from './stage';
import { createTally, type Tally } from './tally';

type Run = {
  readonly engine: Engine;
  /** Decides who is killed when, and what each does; how the machine interleaves them it does not. */
  readonly seed: number;
  readonly kills: number;
  readonly roles: readonly Role[];
  readonly onProgress?: (line: string) => void;
};

type Cast = ReturnType<typeof createCast>;
type Killing = Run & { readonly random: Random; readonly tally: Tally };

const killsBetweenReplays = 10;
const finishMs = 240_000;

const secondsSince = (instant: number): number => Math.round((Date.now() - instant) / 100) / 10;

/** Lets a few events take effect before the next kill, however slow the machine is, unless nothing moves at all. */
const progress = async (tally: Tally, random: Random): Promise<void> => {
  const goal = tally.handled() + random.below(5);
  const patience = Date.now() + 1_000;
  await sleep(random.below(200));
  while (tally.handled() < goal && Date.now() < patience) await sleep(10);
};

/** Kills one of the servers or of the processes, and says whom. */
const killSomebody = async (
  { postgres, redis }: Stage,
  cast: Cast,
  random: Random,
): Promise<string | null> => {
  if (random.happens(0.015)) {
    await postgres.kill();
    await postgres.start();
    return 'PostgreSQL';
  }
  if (random.happens(0.015)) {
    await postgres.killSession().catch(() => undefined);
    return 'a session of PostgreSQL';
  }
  if (redis && random.happens(0.03)) {
    await redis.kill();
    await redis.start();
    return 'Redis';
  }
  return cast.killOne();
};

const killMany = async (stage: Stage, cast: Cast, { random, tally, kills, onProgress }: Killing) => {
  const killed: Record<string, number> = {};
  const startedAt = Date.now();
  let replayed = 0;
  await cast.allReady();
  for (let count = 0; count < kills; ) {
    await progress(tally, random);
    cast.check();
    const whom = await killSomebody(stage, cast, random);
    if (!whom) continue;
    count += 1;
    killed[whom] = (killed[whom] ?? 0) + 1;
    if (count % killsBetweenReplays === 0) {
      replayed += await stage.administrators.replayAll();
      onProgress?.(`${count} kills after ${secondsSince(startedAt)} s`);
    }
  }
  return { killed, replayed };
};

/** Without anybody changing anything any more, the others, as they are, see their servers die once more and finish. */
const finish = async ({ postgres, redis, databases, administrators }: Stage, cast: Cast) => {
  await cast.endChanges();
  await postgres.kill();
  await redis?.kill();
  await postgres.start();
  await redis?.start();
  const startedAt = Date.now();
  let replayed = 0;
  let found = await findProblems(databases);
  while (found.problems.length > 0 && Date.now() < startedAt + finishMs) {
    await sleep(250);
    cast.check();
    replayed += await administrators.replayAll();
    found = await findProblems(databases);
  }
  return { ...found, replayed, seconds: secondsSince(startedAt) };
};

/**
 * Lets producers, relays, consumers and processes that are all of it work on real databases while they, the
 * database server and the queues' server are killed at random and started again; then lets them finish, and
 * compares what was committed with what came of it.
 */
export const runKills = async (run: Run) => {
  const { engine, seed, roles } = run;
  const startedAt = Date.now();
  const random = createRandom(seed);
  const tally = createTally();
  const stage = await openStage(engine);
  try {
    const cast = createCast(roles, { settings: stage.settings, random, tally });
    try {
      const { killed, replayed } = await killMany(stage, cast, { ...run, random, tally });
      const finished = await finish(stage, cast);
      return {
        engine,
        seed,
        problems: finished.problems,
        killed,
        figures: {
          'events committed': finished.events,
          'effects of those with a handler': finished.effects,
          ...tally.figures(),
          'dead, asked for again': replayed + finished.replayed,
          'seconds to finish after the last kill': finished.seconds,
          'seconds in all': secondsSince(startedAt),
        },
      };
    } finally {
      await cast.close();
    }
  } finally {
    await stage.close();
  }
};
