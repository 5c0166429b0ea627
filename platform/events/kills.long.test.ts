import { describeRun } from './testing/kills/describe-run';
import { runKills } from './testing/kills/run-kills';

// Half an hour: it ends in less than half of that on a machine of its own.
jest.setTimeout(1_800_000);

/** A run that failed can be repeated with its seed; the machine interleaves the processes anew all the same. */
const seed = Number(process.env.TEIA_KILLS_SEED ?? Date.now() % 2 ** 32);

/** If any of it never happened, surviving it was not shown. */
const atStake = [
  'killed amid a change',
  'killed amid a publication',
  'killed amid a delivery',
  'killed amid a handler',
  'published again',
  'handled again, undone before',
  'delivered again, found applied',
  'tried again',
  'waited for an earlier event',
  'dead, asked for again',
] as const;

test.each(['postgres', 'redis'] as const)(
  '500 random kills lose no event and repeat no effect, in order per aggregate: queues on %s',
  async (engine) => {
    const run = await runKills({
      engine,
      seed,
      kills: 500,
      roles: ['producer', 'producer', 'relay', 'relay', 'consumer', 'consumer', 'all'],
      onProgress: (line) => process.stdout.write(`${engine}, seed ${seed}: ${line}\n`),
    });
    process.stdout.write(describeRun(run));
    expect(run.problems).toEqual([]);
    expect(atStake.filter((what) => run.figures[what] === 0)).toEqual([]);
  },
);
