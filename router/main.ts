import { type Config, ConfigError, readConfig } from '../platform/config';
import { realEnvironment } from '../platform/environment';
import { firstAdministrator, hasDemoLogin } from '../platform/first-administrator';
import { listen } from '../platform/http/listen';
import { describeError, log } from '../platform/log';
import { serveMetrics } from '../platform/metrics';
import { type OnClose, runProcess } from '../platform/run-process';
import { foreignHeaders } from '../platform/subgraph-links/hop-headers';
import { createHttpLinks } from '../platform/subgraph-links/http';
import { checkForeignSettings } from './check-settings';
import { createRouter } from './create-router';
import { readOurSupergraph } from './our-supergraph';
import { startSupergraph } from './start-supergraph';
import { readForeignSupergraph } from './supergraph-file';
import { welcome } from './welcome';

const onStep = (step: string) => log.info(step);

const announce = (line: string) => process.stdout.write(`${line}\n`);

const ours = async (config: Config, onClose: OnClose) => {
  const supergraph = await readOurSupergraph();
  const options = { config, environment: realEnvironment, onStep, announce, onClose, log };
  return { supergraph, readSupergraph: readOurSupergraph, ...(await startSupergraph(options)) };
};

/** Every token is refused: nobody here issues any for a graph that is not ours. */
const foreign = async (file: string, config: Config, onClose: OnClose) => {
  checkForeignSettings(config);
  const { text, urls } = await readForeignSupergraph(file);
  const { links, close } = createHttpLinks(urls, {
    environment: realEnvironment,
    hopHeaders: foreignHeaders,
  });
  onClose(close);
  const noKeys = { keys: [] };
  return { supergraph: text, links, jwks: async () => noKeys, revocations: null, wellKnown: {} };
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
  await serveMetrics(config, onClose);
  const parts = await (config.TEIA_SUPERGRAPH
    ? foreign(config.TEIA_SUPERGRAPH, config, onClose)
    : ours(config, onClose));
  const router = await createRouter({
    ...parts,
    environment: realEnvironment,
    production,
    log,
    proxies: config.TEIA_PROXIES,
  }).catch(unusable(config.TEIA_SUPERGRAPH));
  onClose(router.close);
  const origin = await listen(router.app, { config, port: config.PORT ?? 4000, setting: 'PORT', onClose });
  return { config, url: `${origin}/graphql` };
};

const present = async ({ config, url }: Awaited<ReturnType<typeof start>>) => {
  const isDemo = config.NODE_ENV !== 'production' && !config.TEIA_SUPERGRAPH;
  const hasLogin = isDemo && (await seed(url, config));
  onStep(`Teia em ${url}`);
  if (hasLogin && hasDemoLogin(config)) process.stdout.write(welcome(url));
};

runProcess({ name: 'Teia', start, present });
