import { createAssertionVerifier } from '../platform/assertion/verify-assertion';
import { queueStoreOf } from '../platform/events/queue-store';
import { observeStore } from '../platform/health/store-check';
import { listen } from '../platform/http/listen';
import { openInternalKeys } from '../platform/internal-keys';
import type { Log } from '../platform/log';
import { openProcessServices, type ProcessOptions } from '../platform/process-services';
import { linkRemoteSubgraphApart, linkRemoteSubgraphs } from '../platform/remote-subgraphs';
import { openSignals } from '../platform/signals/open-signals';
import type { Signals } from '../platform/signals/signals';
import type { SigningKeys } from '../platform/signing-keys';
import type { RunningSubgraph, WellKnown } from '../platform/subgraph/define-subgraph';
import { createSubgraphServer } from '../platform/subgraph/http-server';
import type { SubgraphLink, SubgraphLinks } from '../platform/subgraph-link';
import type { JwksSource } from '../platform/verified-jwt';
import { subgraphs } from '../subgraphs';
import { consumers } from '../subgraphs/consumers';
import { openRevocations } from './auth/open-revocations';
import { createRemoteJwks } from './auth/remote-jwks';
import { findSubgraphsHere } from './check-settings';
import { observeElsewhere, observeHere } from './observability/observe-subgraphs';
import { startInProcess } from './subgraph-links/in-process';

type Options = ProcessOptions & { readonly log: Log };

const nowhere: SubgraphLinks = (name) => {
  throw new Error(`subgraph ${name} is not running`);
};

/** Lets the processes of other subgraphs ask those that run here. */
const openInternalDoor = async (
  { config, environment, log, onClose, onStep }: Options,
  keys: SigningKeys,
  running: readonly RunningSubgraph[],
): Promise<void> => {
  if (config.INTERNAL_PORT === undefined) return;
  const production = config.NODE_ENV === 'production';
  const audiences = running.map(({ name }) => name);
  const { agora } = environment;
  const verifyAssertion = createAssertionVerifier({ jwks: keys.jwks, audiences, agora });
  const app = createSubgraphServer({ subgraphs: running, verifyAssertion, environment, production, log });
  onClose(() => app.close());
  const origin = await listen(app, { config, port: config.INTERNAL_PORT, setting: 'INTERNAL_PORT', onClose });
  onStep(`Porta interna em ${origin}`);
};

/** The key set that usuarios publishes, for the router to verify tokens with, and to publish in its turn. */
const publishedKeys = (
  { config, environment, log, onClose }: Options,
  wellKnown: WellKnown,
): { readonly jwks: JwksSource; readonly wellKnown: WellKnown } => {
  const origins = config.subgraphUrls.get('usuarios');
  if (!origins) return { jwks: wellKnown['jwks.json'] as JwksSource, wellKnown };
  const jwks = createRemoteJwks({ origins, dataDir: config.TEIA_DATA_DIR, environment, log, onClose });
  return { jwks, wellKnown: { ...wellKnown, 'jwks.json': () => jwks() } };
};

/** What a process that serves no subgraph has in common with the others, if the settings name it. */
const signalsFromElsewhere = (options: Options): Signals | null => {
  const store = queueStoreOf(options.config);
  if (!store) return null;
  observeStore(store, options);
  const signals = openSignals(store);
  options.onClose(signals.close);
  return signals;
};

/** A way to usuarios of its own: what people ask must not keep the router from reading who is revoked. */
const revocationsLink = (
  { config, environment, onClose }: Options,
  keys: SigningKeys | null,
  links: SubgraphLinks,
): SubgraphLink => {
  const isRemote = keys && config.subgraphUrls.has('usuarios');
  return isRemote
    ? linkRemoteSubgraphApart({ config, keys, environment, onClose }, 'usuarios')
    : links('usuarios');
};

/** What the subgraphs of this process are given. */
const openServicesHere = (options: Options, names: readonly string[]) => async (links: SubgraphLinks) => {
  const services = await openProcessServices({ ...options, consumers }, names, links);
  observeHere(names, services, options);
  return services;
};

/**
 * Starts the subgraphs that have no address of their own in this process, each over its own database, and links
 * them and the others.
 *
 * @throws ConfigError naming the setting that is in the way.
 */
export const startSupergraph = async (options: Options) => {
  const { config, environment, onStep, onClose } = options;
  const names = findSubgraphsHere(config, Object.keys(subgraphs));
  const keys = config.subgraphUrls.size > 0 ? await openInternalKeys({ config, onStep, onClose }) : null;
  const elsewhere = keys ? linkRemoteSubgraphs({ config, keys, environment, onClose }) : nowhere;
  observeElsewhere(config.subgraphUrls, options.health);
  if (names.length === 0) {
    const revocations = openRevocations({
      ...options,
      link: revocationsLink(options, keys, elsewhere),
      signals: signalsFromElsewhere(options),
    });
    return { links: elsewhere, revocations, ...publishedKeys(options, {}) };
  }

  const { links, wellKnown, running, signals } = await startInProcess({
    names,
    elsewhere,
    openServices: openServicesHere(options, names),
    environment,
    onClose,
  });
  if (keys) await openInternalDoor(options, keys, running);
  const revocations = openRevocations({
    ...options,
    link: revocationsLink(options, keys, links),
    signals,
  });
  return { links, revocations, ...publishedKeys(options, wellKnown) };
};
