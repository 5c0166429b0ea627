import type { ApolloServer } from '@apollo/server';
import { pino } from 'pino';
import type { Asking } from '../platform/caller';
import { startGraphqlServer } from '../router/graphql-server';
import { readOurSupergraph } from '../router/our-supergraph';
import type { RouterContext } from '../router/subgraph-links/gateway-data-source';
import { costlyRequests } from './costly-requests';
import { median } from './statistics';

/*
 * How long the router works, in production, on the most costly requests that anybody thought of, before it refuses them or
 * would ask a subgraph:
 *
 *   npm run bench:limites [-- 11]
 *
 * the number being that of rounds. Each time it is a document that was never seen before.
 */
const nobody = () => () => Promise.reject(new Error('nobody answers'));

const contextValue: RouterContext = {
  asking: { caller: null, info: { requestId: 'medida', traceparent: '', ip: null } } as unknown as Asking,
};

type Outcome = { readonly ms: number; readonly answer: string };

let sent = 0;

const ask = async (
  server: ApolloServer<RouterContext>,
  { query, variables }: ReturnType<(typeof costlyRequests)[string]>,
): Promise<Outcome> => {
  const text = `${query} #${sent++}`;
  const begun = process.cpuUsage();
  const { body } = await server.executeOperation({ query: text, variables }, { contextValue });
  const { user, system } = process.cpuUsage(begun);
  const [error] = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
  const { motivo, code } = error?.extensions ?? {};
  return { ms: (user + system) / 1_000, answer: String(motivo ?? code ?? 'answered') };
};

const main = async () => {
  const rounds = Number(process.argv[2] ?? 11);
  const server = await startGraphqlServer({
    supergraph: await readOurSupergraph(),
    links: nobody,
    registered: new Map(),
    production: true,
    log: pino({ level: 'silent' }),
  });
  console.log(`CPU ms, median and worst of ${rounds}; Node ${process.version}\n`);
  console.log('| | median | worst | answer |\n|---|---|---|---|');
  for (const [name, make] of Object.entries(costlyRequests)) {
    const request = make();
    await ask(server, request);
    const outcomes: Outcome[] = [];
    for (let round = 0; round < rounds; round += 1) outcomes.push(await ask(server, request));
    const times = outcomes.map(({ ms }) => ms);
    console.log(
      `| ${name} | ${median(times).toFixed(1)} | ${Math.max(...times).toFixed(1)} | ${outcomes[0]!.answer} |`,
    );
  }
  await server.stop();
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
