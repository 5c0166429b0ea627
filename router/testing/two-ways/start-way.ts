import { pino } from 'pino';
import { createAssertionSigner } from '../../../platform/assertion/sign-assertion';
import { createAssertionVerifier } from '../../../platform/assertion/verify-assertion';
import { noLimits } from '../../../platform/limits/testing/no-limits';
import type { OnClose } from '../../../platform/run-process';
import { defaultQueryLimits } from '../../../platform/settings/query-limits';
import { inProcessSignals } from '../../../platform/signals/testing/in-process-signals';
import { readSigningKeys } from '../../../platform/signing-keys';
import type { ProcessServices } from '../../../platform/subgraph/define-subgraph';
import { createSubgraphServer } from '../../../platform/subgraph/http-server';
import type { SubgraphLinks } from '../../../platform/subgraph-link';
import { assertedHeaders } from '../../../platform/subgraph-links/hop-headers';
import { createHttpLinks } from '../../../platform/subgraph-links/http';
import { createMailbox } from '../../../platform/testing/mailbox';
import { createTestDatabase } from '../../../platform/testing/test-database';
import type { JwksSource } from '../../../platform/verified-jwt';
import { subgraphs } from '../../../subgraphs';
import { createRemoteJwks } from '../../auth/remote-jwks';
import { readOurSupergraph } from '../../our-supergraph';
import { startInProcess } from '../../subgraph-links/in-process';
import { testRouter } from '../test-router';
import { type LiteralWorld, literalWorld } from './literal-world';

const names = Object.keys(subgraphs);
const silent = pino({ level: 'silent' });

type Keys = { readonly signingKeysFile: string; readonly internalKeysFile: string };
type Services = (name: string) => Omit<ProcessServices, 'links'>;
type Start = {
  readonly services: Services;
  readonly world: LiteralWorld;
  readonly keys: Keys;
  readonly folder: string;
  readonly onClose: OnClose;
};

const nowhere: SubgraphLinks = (name) => () => Promise.reject(new Error(`${name} does not run`));

/** Every subgraph in this process, as `npm start` runs them. */
export const inOneProcess = async ({ services, world, onClose }: Start) => {
  const { links, wellKnown } = await startInProcess({
    names,
    elsewhere: nowhere,
    openServices: async (links) => ({
      signals: services(names[0]!).signals,
      servicesOf: (name) => ({ ...services(name), links }),
    }),
    environment: world,
    onClose,
  });
  return { links, jwks: wellKnown['jwks.json'] as JwksSource };
};

/** Every subgraph behind a server of its own, which router and subgraphs reach over HTTP, each with links of its own. */
export const overHttp = async ({ services, world, keys, folder, onClose }: Start) => {
  const internal = await readSigningKeys(keys.internalKeysFile, 'TEIA_CHAVES_INTERNAS');
  const origins = new Map<string, string>();
  const linksOf = (): SubgraphLinks => {
    let made: SubgraphLinks | undefined;
    const make = () => {
      const urls = new Map([...origins].map(([name, origin]) => [name, [`${origin}/graphql`]]));
      const environment = world.environment();
      const hopHeaders = assertedHeaders(createAssertionSigner(internal, environment));
      const { links, close } = createHttpLinks(urls, { environment, hopHeaders });
      onClose(close);
      return links;
    };
    // Addresses are known once all servers listen.
    return (name) => {
      made ??= make();
      return made(name);
    };
  };
  for (const name of names) {
    const { default: subgraph } = await subgraphs[name]!();
    const running = await subgraph.start({ ...services(name), links: linksOf() });
    onClose(running.stop);
    const { agora } = world;
    const app = createSubgraphServer({
      subgraphs: [running],
      verifyAssertion: createAssertionVerifier({ jwks: internal.jwks, audiences: [name], agora }),
      environment: world.environment(),
      production: true,
      log: silent,
    });
    onClose(() => app.close());
    origins.set(name, await app.listen({ port: 0, host: '127.0.0.1' }));
  }
  const jwks = createRemoteJwks({
    origins: [origins.get('usuarios')!],
    dataDir: folder,
    environment: world,
    log: silent,
    onClose,
  });
  return { links: linksOf(), jwks };
};

/** A router over fresh databases, with a world in which nothing is left to chance. */
export const startWay = async (way: typeof inOneProcess | typeof overHttp, keys: Keys, folder: string) => {
  const world = literalWorld();
  const opened: (() => Promise<void>)[] = [];
  const onClose: OnClose = (close) => opened.push(close);
  const databases = new Map<string, Awaited<ReturnType<typeof createTestDatabase>>>();
  const environments = new Map(['router', ...names].map((name) => [name, world.environment()]));
  for (const name of names) {
    const database = await createTestDatabase(name);
    databases.set(name, database);
    onClose(database.drop);
  }
  const mailbox = createMailbox();
  const signals = inProcessSignals();
  const services: Services = (name) => ({
    environment: environments.get(name)!,
    databaseUrl: databases.get(name)!.url,
    signingKeysFile: keys.signingKeysFile,
    firstAdministrator: { email: 'raiz@exemplo.com', senha: 'uma senha comprida', organizacao: 'Raiz' },
    announce: () => {},
    sendMail: mailbox.sendMail,
    appUrl: 'https://app.exemplo.com',
    limits: noLimits,
    signals,
  });
  const { links, jwks } = await way({ services, world, keys, folder, onClose });
  const router = await testRouter({
    supergraph: await readOurSupergraph(),
    links,
    jwks,
    environment: environments.get('router')!,
    production: true,
    // Who walks the whole graph goes further than any client may.
    limits: { ...defaultQueryLimits, depth: 25, fields: 2_000, cost: Number.MAX_SAFE_INTEGER },
  });
  onClose(router.close);
  return {
    world,
    mailbox,
    databases,
    links,
    post: router.post,
    stop: async () => {
      for (const close of opened.reverse()) await close();
    },
  };
};

export type Way = Awaited<ReturnType<typeof startWay>>;
