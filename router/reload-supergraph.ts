import type { SupergraphManager, SupergraphSdlHook } from '@apollo/gateway';
import { Counter, Gauge } from 'prom-client';
import { describeError, type Log } from '../platform/log';
import { metrics } from '../platform/metrics';
import { runEvery } from '../platform/run-every';

const defaultEveryMs = 2_000;

const reloads = new Counter({
  name: 'gateway_supergraph_reloads_total',
  help: 'Changes of the supergraph file, by whether the router took them or stayed with the last good one.',
  labelNames: ['outcome'] as const,
  registers: [metrics],
});
for (const outcome of ['applied', 'refused'] as const) reloads.inc({ outcome }, 0);

const fileRefused = new Gauge({
  name: 'gateway_supergraph_refused',
  help: '1 while the supergraph file in place is refused or cannot be read, 0 while it is the one in use.',
  registers: [metrics],
});

type Options = {
  /** The text to begin with. */
  readonly supergraph: string;
  /** Reads it again; rejects when it cannot be read or used. */
  readonly read: () => Promise<string>;
  /** Throws what keeps the router from using a text of which the gateway may have nothing to say. */
  readonly check: (text: string) => void;
  readonly log: Log;
  readonly everyMs?: number;
};

/**
 * Gives the gateway its supergraph and, without a restart, each new one that it can use. A request under way may be
 * validated by the one and executed by the next. A bad one is refused and the last good one stays.
 */
export const reloadingSupergraph =
  ({ supergraph, read, check, log, everyMs = defaultEveryMs }: Options): SupergraphSdlHook =>
  async ({ update }): ReturnType<SupergraphManager['initialize']> => {
    let inUse = supergraph;
    let seen = supergraph;
    let refused: string | undefined;

    const refuse = (error: unknown): void => {
      reloads.inc({ outcome: 'refused' });
      log.error({ erro: describeError(error) }, 'the changed supergraph is refused, the last good one stays');
    };
    const apply = (text: string): void => {
      try {
        check(text);
        update(text);
        inUse = text;
        reloads.inc({ outcome: 'applied' });
        log.info('supergraph reloaded');
      } catch (error) {
        refused = text;
        refuse(error);
        // The gateway may have gone half of the way.
        update(inUse);
      }
    };
    let wasReadable = true;
    const readAgain = async (): Promise<void> => {
      const text = await read();
      wasReadable = true;
      // A file that is being written is not the same twice.
      const isWhole = text === seen;
      seen = text;
      if (!isWhole) return;
      if (text !== inUse && text !== refused) apply(text);
      fileRefused.set(text === inUse ? 0 : 1);
    };
    const onError = (error: unknown): void => {
      fileRefused.set(1);
      if (wasReadable) refuse(error);
      wasReadable = false;
    };
    return { supergraphSdl: supergraph, cleanup: runEvery({ everyMs, onError }, readAgain) };
  };
