import type { Config } from './config';
import { bringUpDatabases } from './db/bring-up';
import { QUEUE_DATABASE } from './db/queue-database';
import { ensureKeyFile } from './ensure-key-file';
import type { Environment } from './environment';
import { createEventQueues } from './events/queues';
import type { Consumers } from './events/routes';
import { firstAdministrator } from './first-administrator';
import type { Health } from './health/health';
import { observeStore } from './health/store-check';
import { openLimits } from './limits/open-limits';
import { openMail } from './mail/open-mail';
import type { OnClose } from './run-process';
import { openSignals } from './signals/open-signals';
import type { Signals } from './signals/signals';
import type { ProcessServices } from './subgraph/define-subgraph';
import type { SubgraphLinks } from './subgraph-link';
import { traceLinks } from './tracing/traced-link';
import type { Tracing } from './tracing/tracing';

export type ProcessOptions = {
  readonly config: Config;
  readonly environment: Environment;
  /** Told of each step as it begins, in Portuguese. */
  readonly onStep: (step: string) => void;
  /** Told what only the operator may know: it must not end up in a log. */
  readonly announce: (line: string) => void;
  readonly onClose: OnClose;
  /** Told of what can be checked. */
  readonly health: Pick<Health, 'observe'>;
  /** Null where nobody is told of traces. */
  readonly tracing: Tracing | null;
};

/** Where a front end is while somebody works on it. */
const developmentAppUrl = 'http://localhost:3000';

type Events = {
  /** Which subgraph hears of which events, wherever it runs. */
  readonly consumers: Consumers;
};

export type OpenServices = {
  /** What a subgraph is given. */
  readonly servicesOf: (subgraph: string) => ProcessServices;
  /** The same that each of them has. */
  readonly signals: Signals;
};

/**
 * Opens what a process gives the subgraphs that run in it, each with a database of its own.
 *
 * @throws ConfigError naming the setting that is in the way.
 */
export const openProcessServices = async (
  options: ProcessOptions & Events,
  subgraphs: readonly string[],
  links: SubgraphLinks,
): Promise<OpenServices> => {
  const { config, environment, onStep, announce, onClose, tracing, consumers } = options;
  const databases = await bringUpDatabases(config, { subgraphs, destinos: Object.keys(consumers) }, onStep);
  onClose(databases.stop);
  const { REDIS_URL: redisUrl } = config;
  const store = redisUrl ? { redisUrl } : { databaseUrl: databases.urlOf(QUEUE_DATABASE) };
  const queues = createEventQueues(store);
  onClose(queues.close);
  observeStore(store, options);
  const signals = openSignals(store);
  onClose(signals.close);
  const limits = openLimits(store);
  onClose(limits.close);
  const { dataDir } = databases;
  const sendMail = openMail({ config, environment, dataDir, onStep, onClose });
  const signingKeysFile = subgraphs.includes('usuarios')
    ? await ensureKeyFile({ config, setting: 'TEIA_CHAVES', dataDir, onStep })
    : '';
  const servicesOf = (subgraph: string): ProcessServices => ({
    environment,
    links: tracing ? traceLinks(tracing, links) : links,
    tracing,
    databaseUrl: databases.urlOf(subgraph),
    signingKeysFile,
    firstAdministrator: firstAdministrator(config),
    announce,
    sendMail,
    appUrl: config.TEIA_APP_URL ?? developmentAppUrl,
    limits,
    maxRepresentations: config.TEIA_LIMITE_REPRESENTACOES,
    signals,
    events: { queues, consumers },
  });
  return { servicesOf, signals };
};
