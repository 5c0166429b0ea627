import { readFile } from 'node:fs/promises';
import { type Config, ConfigError, readConfig } from '../platform/config';
import { realEnvironment } from '../platform/environment';
import { describeError, log } from '../platform/log';
import { fromRoot } from '../platform/project-root';
import { createRouter } from './create-router';
import { firstAdministrator, hasDemoLogin } from './first-administrator';
import { startSupergraph } from './start-supergraph';
import { createHttpLinks } from './subgraph-links/http';
import { readForeignSupergraph } from './supergraph-file';
import { welcome } from './welcome';

const onStep = (step: string) => log.info(step);

const announce = (line: string) => process.stdout.write(`${line}\n`);

const ours = async (config: Config) => {
  const supergraph = await readFile(fromRoot('schema', 'supergraph.graphql'), 'utf8');
  return {
    supergraph,
    ...(await startSupergraph({ config, environment: realEnvironment, onStep, announce })),
  };
};

/** Every token is refused: nobody here issues any for a graph that is not ours. */
const foreign = async (file: string) => {
  const { text, urls } = await readForeignSupergraph(file);
  const noKeys = { keys: [] };
  return {
    supergraph: text,
    ...createHttpLinks(urls, { environment: realEnvironment }),
    jwks: async () => noKeys,
    wellKnown: {},
  };
};

const unusable = (file: string | undefined) => (error: Error) => {
  throw file
    ? new ConfigError(`TEIA_SUPERGRAPH: ${file} não é um supergrafo válido: ${error.message.split('\n')[0]}`)
    : error;
};

const listening = (port: number) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') throw new ConfigError(`PORT: a porta ${port} já está em uso.`);
  if (error.code === 'EACCES') throw new ConfigError(`PORT: sem permissão para escutar na porta ${port}.`);
  throw error;
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

const started: (() => Promise<void>)[] = [];

const drain = async () => {
  for (const close of started.splice(0).reverse()) await close();
};

const start = async () => {
  const config = readConfig();
  const production = config.NODE_ENV === 'production';
  const parts = await (config.TEIA_SUPERGRAPH ? foreign(config.TEIA_SUPERGRAPH) : ours(config));
  started.push(parts.close);
  const router = await createRouter({ ...parts, environment: realEnvironment, production, log }).catch(
    unusable(config.TEIA_SUPERGRAPH),
  );
  started.push(router.close);
  const port = await router
    .listen(config.PORT, production ? '0.0.0.0' : 'localhost')
    .catch(listening(config.PORT));
  return { config, url: `http://localhost:${port}/graphql` };
};

const present = async ({ config, url }: Awaited<ReturnType<typeof start>>) => {
  const isDemo = config.NODE_ENV !== 'production' && !config.TEIA_SUPERGRAPH;
  const hasLogin = isDemo && (await seed(url, config));
  onStep(`Teia em ${url}`);
  if (hasLogin && hasDemoLogin(config)) process.stdout.write(welcome(url));
};

const fail = async (error: unknown) => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ erro: describeError(error) }, 'Teia não iniciou.');
  await drain().catch((cause: unknown) => log.error({ erro: describeError(cause) }, 'Falha ao encerrar.'));
  process.exit(1);
};

const starting = start();
starting.then(present).catch(fail);

/** A second signal finds no handler and ends the process at once; the next start copes. */
const stop = async () => {
  onStep('Encerrando: as requisições em andamento terminam primeiro.');
  await starting;
  await drain();
  process.exit(0);
};

process.once('SIGINT', () => void stop().catch(fail));
process.once('SIGTERM', () => void stop().catch(fail));
