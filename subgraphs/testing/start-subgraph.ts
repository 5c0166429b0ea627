import type { Asking } from '../../platform/caller';
import { realEnvironment } from '../../platform/environment';
import { memoryLimits } from '../../platform/limits/testing/memory-limits';
import { inProcessSignals } from '../../platform/signals/testing/in-process-signals';
import type { ProcessServices, Subgraph } from '../../platform/subgraph/define-subgraph';
import type { SubgraphLinks, SubgraphResponse } from '../../platform/subgraph-link';
import { createTestDatabase } from '../../platform/testing/test-database';

const nobody: SubgraphLinks = (name) => () => Promise.reject(new Error(`${name} is not part of this test`));

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
  return {
    database,
    execute: (query: string, variables: Record<string, unknown>, asking: Asking): Promise<SubgraphResponse> =>
      running.execute({ query, variables }, asking),
    stop: async () => {
      await running.stop();
      await database.drop();
    },
  };
};
