import { describeRun } from './describe-run';
import { runKills } from './run-kills';
import type { Engine } from './stage';

const seed = 20261122;
const kills = 10;
/** It takes a tenth of that on a machine that has nothing else to do. */
const timeoutMs = 180_000;

/** A few of the kills of `npm run test:long`, always with the same seed. */
export const killsSample = (engine: Engine): void => {
  test(
    `random kills lose no event and repeat no effect, in order per aggregate (${kills} kills, seed ${seed})`,
    async () => {
      const run = await runKills({
        engine,
        seed,
        kills,
        roles: ['producer', 'relay', 'consumer', 'all'],
      });
      if (run.problems.length > 0) process.stderr.write(describeRun(run));
      expect(run.problems).toEqual([]);
      // Otherwise nothing was at stake.
      expect(run.figures['events committed']).toBeGreaterThan(0);
      const amidWork = Object.entries(run.figures).filter(([what]) => what.startsWith('killed amid'));
      expect(amidWork.reduce((sum, [, kills]) => sum + kills, 0)).toBeGreaterThan(0);
    },
    timeoutMs,
  );
};
