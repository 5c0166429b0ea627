import type { Asking, Caller, RequestInfo } from '../../platform/caller';
import { realEnvironment } from '../../platform/environment';
import { memoryLimits } from '../../platform/limits/testing/memory-limits';
import { inProcessSignals } from '../../platform/signals/testing/in-process-signals';
import type { ProcessServices, Subgraph } from '../../platform/subgraph/define-subgraph';
import type { SubgraphLinks, SubgraphResponse } from '../../platform/subgraph-link';
import { askingAs } from '../../platform/testing/callers';
import { createTestDatabase } from '../../platform/testing/test-database';

const nobody: SubgraphLinks = (name) => () => Promise.reject(new Error(`${name} is not part of this test`));

/** A way to ask, and what a test wants of the answers. */
export const answersOf = <Question extends unknown[]>(
  run: (...question: Question) => Promise<SubgraphResponse>,
) => ({
  run,
  // biome-ignore lint/suspicious/noExplicitAny: the shape of each answer is what the test asserts
  data: async (...question: Question): Promise<any> => {
    const { data, errors } = await run(...question);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  },
  /** What a client is told of the first error. */
  errorOf: async (...question: Question) => (await run(...question)).errors?.[0]?.extensions,
});

/**
 * A subgraph over a database of its own, executed as the router executes it.
 *
 * @param services what the test gives it; the other domains do not answer unless they are given.
 */
export const startSubgraph = async (subgraph: Subgraph, services: Partial<ProcessServices> = {}) => {
  const database = await createTestDatabase(subgraph.name);
  const running = await subgraph.start({
    environment: realEnvironment,
    links: nobody,
    databaseUrl: database.url,
    signingKeysFile: '',
    firstAdministrator: { email: 'raiz@teste.dev', senha: 'senha de teste', organizacao: 'Teste' },
    sendMail: async () => {},
    appUrl: 'https://app.exemplo.com',
    limits: memoryLimits(),
    signals: inProcessSignals(),
    announce: () => {},
    ...services,
  });
  const execute = (query: string, variables: Record<string, unknown>, asking: Asking) =>
    running.execute({ query, variables }, asking);
  return {
    database,
    execute,
    ...answersOf(
      (caller: Caller | null, query: string, variables: object = {}, info: Partial<RequestInfo> = {}) =>
        execute(query, { ...variables }, askingAs(caller, info)),
    ),
    stop: async () => {
      await running.stop();
      await database.drop();
    },
  };
};
