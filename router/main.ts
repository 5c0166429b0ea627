import { type Config, ConfigError, readConfig } from '../platform/config';
import { realEnvironment } from '../platform/environment';
import { firstAdministrator, hasDemoLogin } from '../platform/first-administrator';
import { createHealth, type Health } from '../platform/health/health';
import { listen } from '../platform/http/listen';
import { describeError, log } from '../platform/log';
import { serveMetrics } from '../platform/metrics';
import { type OnClose, runProcess } from '../platform/run-process';
import { queryLimitsOf } from '../platform/settings/query-limits';
import { foreignHeaders } from '../platform/subgraph-links/hop-headers';
import { createHttpLinks } from '../platform/subgraph-links/http';
import { openTracing } from '../platform/tracing/open-tracing';
import type { Tracing } from '../platform/tracing/tracing';
import { openCaches } from './cache/open-cache';
import { checkForeignSettings } from './check-settings';
import { createRouter } from './create-router';
import { readOperations } from './documents/read-operations';
import { observeForeign } from './observability/observe-subgraphs';
import { readOurSupergraph } from './our-supergraph';
import { rateLimitsOf } from './rate-limit/open-rate-limits';
import { startSupergraph } from './start-supergraph';
import { readForeignSupergraph, rereadForeignSupergraph } from './supergraph-file';
import { welcome } from './welcome';

const onStep = (step: string) => log.info(step);

const announce = (line: string) => process.stdout.write(`${line}\n`);

const ours = async (config: Config, health: Health, tracing: Tracing | null, onClose: OnClose) => {
  const supergraph = await readOurSupergraph();
  const options = { config, environment: realEnvironment, onStep, announce, onClose, health, tracing, log };
  return { supergraph, readSupergraph: readOurSupergraph, ...(await startSupergraph(options)) };
};

/** Every token is refused: nobody here issues any for a graph that is not ours. */
const foreign = async (file: string, config: Config, health: Health, onClose: OnClose) => {
  const { text, urls } = await readForeignSupergraph(file);
  checkForeignSettings(config, [...urls.keys()]);
  const { links, close } = createHttpLinks(urls, {
    environment: realEnvironment,
    hopHeaders: foreignHeaders,
    timeout: config.TEIA_PRAZO_SUBGRAFO_MS,
    timeouts: config.subgraphTimeouts,
  });
  onClose(close);
  observeForeign([...urls.keys()], links, health);
  const noKeys = { keys: [] };
  return {
    supergraph: text,
    readSupergraph: rereadForeignSupergraph(file, urls),
    links,
    jwks: async () => noKeys,
    revocations: null,
    wellKnown: {},
  };
};

const unusable = (file: string | undefined) => (error: Error) => {
  throw file
    ? new ConfigError(`TEIA_SUPERGRAPH: ${file} não é um supergrafo válido: ${error.message.split('\n')[0]}`)
    : error;
};

/** Whether the demo login works. Loaded only where it is used: production knows nothing of the demo. */
const seed = async (url: string, config: Config): Promise<boolean> => {
  const { senha, ...administrador } = firstAdministrator(config);
  if (!senha) return false;
  const [{ seedDemo }, { askOverHttp }] = await Promise.all([
    import('../demo/seed-demo'),
    import('../demo/ask-over-http'),
  ]);
  const seeding = seedDemo({ ask: askOverHttp(url), administrador: { ...administrador, senha }, onStep });
  const outcome = await seeding.catch((error: Error) => {
    // The next start takes up what was cut short.
    log.warn({ erro: describeError(error) }, 'Demonstração incompleta.');
    return 'kept';
  });
  return outcome !== 'refused';
};

const start = async (onClose: OnClose) => {
  const config = readConfig();
  const production = config.NODE_ENV === 'production';
  const operations = readOperations(config);
  const health = createHealth(realEnvironment);
  await serveMetrics(config, health, onClose);
  const tracing = await openTracing({
    config,
    service: 'teia-router',
    environment: realEnvironment,
    onClose,
  });
  const parts = await (config.TEIA_SUPERGRAPH
    ? foreign(config.TEIA_SUPERGRAPH, config, health, onClose)
    : ours(config, health, tracing, onClose));
  const router = await createRouter({
    ...parts,
    ...operations,
    caches: openCaches(config, onClose),
    environment: realEnvironment,
    production,
    log,
    health,
    tracing,
    patienceMs: config.TEIA_PRAZO_MS,
    proxies: config.TEIA_PROXIES,
    limits: queryLimitsOf(config),
    origins: config.TEIA_ORIGENS,
    rateLimits: rateLimitsOf(config, { environment: realEnvironment, onClose }),
  }).catch(unusable(config.TEIA_SUPERGRAPH));
  onClose(router.close);
  const origin = await listen(router.app, { config, port: config.PORT ?? 4000, setting: 'PORT', onClose });
  return { config, url: `${origin}/graphql` };
};

const present = async ({ config, url }: Awaited<ReturnType<typeof start>>) => {
  const isDemo =
    config.NODE_ENV !== 'production' && !config.TEIA_SUPERGRAPH && config.TEIA_OPERACOES === 'todas';
  const hasLogin = isDemo && (await seed(url, config));
  onStep(`Teia em ${url}`);
  if (hasLogin && hasDemoLogin(config)) process.stdout.write(welcome(url));
};

runProcess({ name: 'Teia', start, present });
