import type { Environment } from '../../platform/environment';
import type { Health } from '../../platform/health/health';
import type { OnClose } from '../../platform/run-process';
import type { Signals } from '../../platform/signals/signals';
import type { SubgraphLink } from '../../platform/subgraph-link';
import { createRevocationsReader } from './read-revocations';
import { observeRevocations } from './revocation-metrics';
import { keepRevocations, type Revocations, readPatienceMs } from './revocations';

type Options = {
  /** The way to usuarios; it must not wait for anybody's questions. */
  readonly link: SubgraphLink;
  /** Without them an entry is known when it is its turn to be read. */
  readonly signals: Pick<Signals, 'onSignal'> | null;
  readonly environment: Environment;
  readonly onClose: OnClose;
  readonly health?: Pick<Health, 'observe'>;
};

/** Keeps the revocations of usuarios for as long as the process runs, wherever usuarios does. */
export const openRevocations = ({ link, signals, environment, onClose, health }: Options): Revocations => {
  const read = createRevocationsReader(link, environment, readPatienceMs);
  const { check, isTrusted, ageMs, readSoon, stop } = keepRevocations({ read, environment });
  const stopObserving = observeRevocations(ageMs);
  onClose(async () => {
    stop();
    stopObserving();
  });
  const run = async () => {
    if (!isTrusted()) throw new Error('the last good reading is too old: nobody who signed in is answered');
  };
  health?.observe({ name: 'revocations', costs: 'everything', run });
  if (signals) onClose(signals.onSignal('revogacoes', readSoon));
  return { check };
};
