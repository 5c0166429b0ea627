import type { Environment } from '../../platform/environment';
import type { OnClose } from '../../platform/run-process';
import type { Signals } from '../../platform/signals/signals';
import type { SubgraphLinks } from '../../platform/subgraph-link';
import { createRevocationsReader } from './read-revocations';
import { keepRevocations, type Revocations, readPatienceMs } from './revocations';

type Options = {
  readonly links: SubgraphLinks;
  /** Without them an entry is known when it is its turn to be read. */
  readonly signals: Pick<Signals, 'onSignal'> | null;
  readonly environment: Environment;
  readonly onClose: OnClose;
};

/** Keeps the revocations of usuarios for as long as the process runs, wherever usuarios does. */
export const openRevocations = ({ links, signals, environment, onClose }: Options): Revocations => {
  const read = createRevocationsReader(links('usuarios'), environment, readPatienceMs);
  const { check, readSoon, stop } = keepRevocations({ read, environment });
  onClose(async () => stop());
  if (signals) onClose(signals.onSignal('revogacoes', readSoon));
  return { check };
};
