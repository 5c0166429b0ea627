import { createAssertionVerifier } from '../platform/assertion/verify-assertion';
import {
  type Config,
  ConfigError,
  checkSubgraphUrls,
  essentialToUsuarios,
  readConfig,
  requireInProduction,
} from '../platform/config';
import { createDatabaseCheck } from '../platform/db/database-check';
import { realEnvironment as environment } from '../platform/environment';
import { createHealth } from '../platform/health/health';
import { drainTimeoutFor } from '../platform/http/http-app';
import { listen } from '../platform/http/listen';
import { openInternalKeys } from '../platform/internal-keys';
import { log } from '../platform/log';
import { serveMetrics } from '../platform/metrics';
import { openProcessServices } from '../platform/process-services';
import { linkRemoteSubgraphs } from '../platform/remote-subgraphs';
import { type OnClose, runProcess } from '../platform/run-process';
import { subgraphUrlSetting } from '../platform/settings/subgraphs';
import { createSubgraphServer } from '../platform/subgraph/http-server';
import { openTracing } from '../platform/tracing/open-tracing';
import { subgraphs } from '.';
import { consumers } from './consumers';

const onStep = (step: string) => log.info(step);

const announce = (line: string) => process.stdout.write(`${line}\n`);

/** @throws ConfigError naming every setting that keeps this process from serving its subgraph. */
const checkSettings = (config: Config): string => {
  const known = Object.keys(subgraphs);
  const name = config.SUBGRAPH;
  if (!name || !known.includes(name)) {
    throw new ConfigError(`SUBGRAPH: deve ser um destes subgrafos: ${known.join(', ')}.`);
  }
  checkSubgraphUrls(config, known);
  const unreachable = known.filter((other) => other !== name && !config.subgraphUrls.has(other));
  if (unreachable.length > 0) {
    const lines = unreachable.map(
      (other) => `${subgraphUrlSetting(other)}: falta o endereço do subgrafo ${other}.`,
    );
    throw new ConfigError(lines.join('\n'));
  }
  requireInProduction(config, [
    'DATABASE_URL',
    'TEIA_CHAVES_INTERNAS',
    ...(name === 'usuarios' ? essentialToUsuarios : []),
  ]);
  return name;
};

const start = async (onClose: OnClose) => {
  const config = readConfig();
  const name = checkSettings(config);
  const production = config.NODE_ENV === 'production';
  const health = createHealth(environment);
  await serveMetrics(config, health, onClose);
  const tracing = await openTracing({ config, service: `teia-${name}`, environment, onClose });
  const keys = await openInternalKeys({ config, onStep, onClose });
  const links = linkRemoteSubgraphs({ config, keys, environment, onClose });
  const { servicesOf } = await openProcessServices(
    { config, environment, onStep, announce, onClose, health, tracing, consumers },
    [name],
    links,
  );
  const services = servicesOf(name);

  const { default: subgraph } = await subgraphs[name]!();
  const running = await subgraph.start(services);
  onClose(running.stop);
  const database = createDatabaseCheck(services.databaseUrl);
  onClose(database.close);
  health.observe({ name: 'database', costs: 'everything', run: database.check });

  const app = createSubgraphServer({
    subgraphs: [running],
    verifyAssertion: createAssertionVerifier({
      jwks: keys.jwks,
      audiences: [name],
      agora: environment.agora,
    }),
    environment,
    production,
    log,
    checkReady: database.check,
    health,
    drainTimeout: drainTimeoutFor(config.subgraphTimeouts.get(name) ?? config.TEIA_PRAZO_SUBGRAFO_MS),
  });
  onClose(() => app.close());
  const origin = await listen(app, { config, port: config.PORT ?? 4001, setting: 'PORT', onClose });
  return `Subgrafo ${name} em ${origin}`;
};

runProcess({ name: 'O subgrafo', start, present: onStep });
