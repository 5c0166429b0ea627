import type { runKills } from './run-kills';

type KillRun = Awaited<ReturnType<typeof runKills>>;

const line = (what: string, number: number | string): string => `  ${what.padEnd(42)} ${number}`;

/** The figures of a run, for who reads them on a terminal. */
export const describeRun = ({ engine, seed, killed, figures }: KillRun): string => {
  const kills = Object.values(killed).reduce((sum, number) => sum + number, 0);
  return [
    `${kills} kills, queues on ${engine}, seed ${seed}`,
    ...Object.entries(killed).map(([whom, number]) => line(`killed: ${whom}`, number)),
    ...Object.entries(figures).map(([what, number]) => line(what, number)),
    '',
  ].join('\n');
};
