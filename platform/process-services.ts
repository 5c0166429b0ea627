import { join } from 'node:path';
import type { Config } from './config';
import { bringUpDatabases } from './db/bring-up';
import { QUEUE_DATABASE } from './db/queue-database';
import type { Environment } from './environment';
import { createEventQueues } from './events/queues';
import type { Consumers } from './events/routes';
import { firstAdministrator } from './first-administrator';
import { openLimits } from './limits/open-limits';
import { openMail } from './mail/open-mail';
import type { OnClose } from './run-process';
import { openSignals } from './signals/open-signals';
import { ensureSigningKeys } from './signing-keys';
import type { ProcessServices } from './subgraph/define-subgraph';
import type { SubgraphLinks } from './subgraph-link';

export type ProcessOptions = {
  readonly config: Config;
  readonly environment: Environment;
  /** Told of each step as it begins, in Portuguese. */
  readonly onStep: (step: string) => void;
  /** Told what only the operator may know: it must not end up in a log. */
  readonly announce: (line: string) => void;
  readonly onClose: OnClose;
};

/** Where a front end is while somebody works on it. */
const developmentAppUrl = 'http://localhost:3000';

type Events = {
  /** Which subgraph hears of which events, wherever it runs. */
  readonly consumers: Consumers;
};

const ensureKeysFile = async ({ config, onStep }: ProcessOptions, dataDir: string): Promise<string> => {
  if (config.TEIA_CHAVES) return config.TEIA_CHAVES;
  const file = join(dataDir, 'chaves.json');
  if (await ensureSigningKeys(file)) onStep(`Chaves de assinatura criadas em ${file}`);
  return file;
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
): Promise<(subgraph: string) => ProcessServices> => {
  const { config, environment, onStep, announce, onClose, consumers } = options;
  const databases = await bringUpDatabases(config, { subgraphs, destinos: Object.keys(consumers) }, onStep);
  onClose(databases.stop);
  const { REDIS_URL: redisUrl } = config;
  const store = redisUrl ? { redisUrl } : { databaseUrl: databases.urlOf(QUEUE_DATABASE) };
  const queues = createEventQueues(store);
  onClose(queues.close);
  const signals = openSignals(store);
  onClose(signals.close);
  const limits = openLimits(store);
  onClose(limits.close);
  const { dataDir } = databases;
  const sendMail = openMail({ config, environment, dataDir, onStep, onClose });
  const signingKeysFile = subgraphs.includes('usuarios') ? await ensureKeysFile(options, dataDir) : '';
  return (subgraph) => ({
    environment,
    links,
    databaseUrl: databases.urlOf(subgraph),
    signingKeysFile,
    firstAdministrator: firstAdministrator(config),
    announce,
    sendMail,
    appUrl: config.TEIA_APP_URL ?? developmentAppUrl,
    limits,
    signals,
    events: { queues, consumers },
  });
};
