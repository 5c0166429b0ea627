import { pino } from 'pino';
import { realEnvironment } from '../../platform/environment';
import { readSigningKeys } from '../../platform/signing-keys';
import { createExecutor } from '../../platform/subgraph/execute';
import type { SubgraphLink } from '../../platform/subgraph-link';
import { createRouter } from '../../router/create-router';
import { readOurSupergraph } from '../../router/our-supergraph';
import { memorySchema, subgraphNames } from '../memory-graph/schemas';

/*
 * Teia's one-process mode over the in-memory subgraphs: the router as it is made for `npm start`, with the
 * executors in place of HTTP.
 *
 *   node one-process.main.js '{"port":4000,"keysFile":"…"}'
 */
type Settings = { readonly port: number; readonly keysFile: string };
const { port, keysFile }: Settings = JSON.parse(process.argv[2]!);

const executors = new Map<string, SubgraphLink>(
  subgraphNames.map((name) => [
    name,
    createExecutor({ name, schema: memorySchema(name), createContext: (asking) => asking }),
  ]),
);

const main = async () => {
  const { jwks } = await readSigningKeys(keysFile);
  const { app } = await createRouter({
    supergraph: await readOurSupergraph(),
    links: (name) => executors.get(name)!,
    jwks,
    registered: new Map(),
    revocations: null,
    wellKnown: {},
    environment: realEnvironment,
    production: true,
    log: pino(),
    proxies: [],
  });
  await app.listen({ port, host: '127.0.0.1' });
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
