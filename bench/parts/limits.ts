import type { ApolloServer } from '@apollo/server';
import { pino } from 'pino';
import type { Asking } from '../../platform/caller';
import { startGraphqlServer } from '../../router/graphql-server';
import { readOurSupergraph } from '../../router/our-supergraph';
import type { RouterContext } from '../../router/subgraph-links/gateway-data-source';
import { costlyRequests } from '../costly-requests';
import type { Settings } from '../measure/interleave';
import { markdownTable } from '../report';
import { median } from '../statistics';

/** After which the engine has compiled what is used often. */
const warmUpRounds = 10;

const nobody = () => () => Promise.reject(new Error('nobody answers'));

const contextValue: RouterContext = {
  asking: { caller: null, info: { requestId: 'medida', traceparent: '', ip: null } } as unknown as Asking,
};

type Outcome = { readonly ms: number; readonly answer: string };

let sent = 0;

/** Each time it is a document that was never seen before. */
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

/**
 * How long the router works, in production, on the most costly requests that anybody thought of, before it refuses them or
 * would ask a subgraph.
 */
export const benchLimits = async ({ rounds }: Settings): Promise<void> => {
  const server = await startGraphqlServer({
    supergraph: await readOurSupergraph(),
    links: nobody,
    registered: new Map(),
    production: true,
    log: pino({ level: 'silent' }),
  });
  const requests = Object.entries(costlyRequests).map(([name, make]) => ({
    name,
    request: make(),
    outcomes: [] as Outcome[],
  }));
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const { request, outcomes } of requests) {
      const outcome = await ask(server, request);
      if (round >= 0) outcomes.push(outcome);
    }
  }
  await server.stop();
  const rows = requests.map(({ name, outcomes }) => {
    const times = outcomes.map(({ ms }) => ms);
    return [name, median(times), Math.max(...times), outcomes[0]!.answer];
  });
  console.log(markdownTable(['', 'CPU ms, median', 'CPU ms, worst', 'answer'], rows));
};
