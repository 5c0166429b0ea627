import { percentile } from '../statistics';
import type { Answer } from './ask';
import { cpuOf, cpuSpent } from './server-process';

/** The processes whose CPU time is told apart, by what they do. */
export type Roles = Readonly<Record<string, () => readonly number[]>>;

export type Sample = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** CPU milliseconds a request, by role; the client's own among them. */
  readonly cpu: Readonly<Record<string, number>>;
};

const cpuByRole = (roles: Roles) =>
  Object.fromEntries(Object.entries(roles).map(([role, pids]) => [role, cpuOf(pids())]));

type Burst = {
  /** Sends the nth request. */
  readonly send: (n: number) => Promise<Pick<Answer, 'ms'>>;
  readonly inFlight: number;
  readonly seconds: number;
  readonly roles: Roles;
};

/** Keeps so many requests in flight for so long: a closed loop, which ends by itself. */
export const burst = async ({ send, inFlight, seconds, roles }: Burst): Promise<Sample> => {
  const [before, client, start] = [cpuByRole(roles), process.cpuUsage(), performance.now()];
  const times: number[] = [];
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - start < seconds * 1000) times.push((await send(sent++)).ms);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const elapsed = (performance.now() - start) / 1000;
  const [after, { user, system }] = [cpuByRole(roles), process.cpuUsage(client)];
  return {
    perSecond: times.length / elapsed,
    p50: percentile(times, 50),
    p95: percentile(times, 95),
    p99: percentile(times, 99),
    cpu: {
      ...Object.fromEntries(
        Object.keys(roles).map((role) => [role, cpuSpent(before[role]!, after[role]!) / times.length]),
      ),
      client: (user + system) / 1000 / times.length,
    },
  };
};
