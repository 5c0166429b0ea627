import { bounded } from '../bounded';
import type { Environment } from '../environment';
import { logSparingly } from '../log-sparingly';
import { version } from '../version';

export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy';

type Check = {
  readonly name: string;
  /** What is lost while it fails: everything, a branch of answers, or only time. */
  readonly costs: 'everything' | 'a branch' | 'time';
  /** Rejects when it does not work; comes to 'degraded' when only part of it does. */
  readonly run: () => Promise<unknown>;
};

export type HealthReport = {
  readonly status: HealthStatus;
  /** When this was found out, in ISO 8601. */
  readonly timestamp: string;
  readonly version: string;
  /** Of the process, in seconds. */
  readonly uptime: number;
  /** In bytes, as Node tells them. */
  readonly memory: Pick<NodeJS.MemoryUsage, 'rss' | 'heapTotal' | 'heapUsed' | 'external'>;
  /** Of the process since its start, in seconds. */
  readonly cpu: { readonly user: number; readonly system: number };
  readonly checks: Readonly<Record<string, { readonly status: HealthStatus; readonly latencyMs: number }>>;
};

/** Who routes by the status of an answer keeps away from what can do nothing, and from nothing else. */
export const httpStatusOf = (status: HealthStatus): number => (status === 'unhealthy' ? 503 : 200);

const patienceMs = 2_000;
/** For how long what was found out is told again: many may ask, and nobody is to cause work by it. */
const keptMs = 1_000;

const resultOf = async ({ name, run }: Check, report: (error: unknown) => void) => {
  const begun = performance.now();
  const latencyMs = () => Math.round(performance.now() - begun);
  try {
    const told = await bounded(name, patienceMs, run());
    const status: HealthStatus = told === 'degraded' ? told : 'healthy';
    return { status, latencyMs: latencyMs() };
  } catch (error) {
    report(error);
    return { status: 'unhealthy' as const, latencyMs: latencyMs() };
  }
};

type Found = Pick<Check, 'costs'> & { readonly status: HealthStatus };

const statusOf = (found: readonly Found[]): HealthStatus => {
  const failed = found.filter(({ status }) => status === 'unhealthy');
  const count = (costs: Check['costs'], of: readonly Found[]) =>
    of.filter((one) => one.costs === costs).length;
  const branches = count('a branch', found);
  const everythingFailed = count('everything', failed) > 0;
  const everyBranchFailed = branches > 0 && count('a branch', failed) === branches;
  if (found.length === 0 || everythingFailed || everyBranchFailed) return 'unhealthy';
  return found.some(({ status }) => status !== 'healthy') ? 'degraded' : 'healthy';
};

const processFigures = () => {
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    version,
    uptime: Math.round(process.uptime()),
    memory: { rss, heapTotal, heapUsed, external },
    cpu: { user: user / 1e6, system: system / 1e6 },
  };
};

/**
 * The health of a process and of what it needs: healthy, degraded when part of its work cannot be done, unhealthy when
 * none can, which it also is as long as nothing was given to check, since it is still starting. Checks run when somebody
 * asks, once in a second at most, all at the same time, and for 2 s at most.
 *
 * @param monotonic milliseconds from any moment on, by a clock that nobody sets.
 */
export const createHealth = (
  { agora }: Pick<Environment, 'agora'>,
  monotonic: () => number = () => performance.now(),
) => {
  const checks: { readonly check: Check; readonly report: (error: unknown) => void }[] = [];
  let latest: { readonly until: number; readonly report: Promise<HealthReport> } | undefined;

  const findOut = async (): Promise<HealthReport> => {
    const found = await Promise.all(
      checks.map(async ({ check, report }) => ({ ...check, ...(await resultOf(check, report)) })),
    );
    return {
      status: statusOf(found),
      timestamp: agora().toISOString(),
      ...processFigures(),
      checks: Object.fromEntries(found.map(({ name, status, latencyMs }) => [name, { status, latencyMs }])),
    };
  };

  const keep = (report: Promise<HealthReport>): Promise<HealthReport> => {
    latest = { until: Number.POSITIVE_INFINITY, report };
    void report.then(() => {
      latest = { until: monotonic() + keptMs, report };
    });
    return report;
  };

  return {
    /** Has something checked with the rest from now on. */
    observe: (check: Check): void => {
      checks.push({ check, report: logSparingly(`health: ${check.name}`) });
      latest = undefined;
    },
    report: (): Promise<HealthReport> =>
      latest && monotonic() < latest.until ? latest.report : keep(findOut()),
  };
};

export type Health = ReturnType<typeof createHealth>;
