import { type Asking, organizationOf } from '../../platform/caller';
import { openDatabase } from '../../platform/db/open-database';
import { createUnitOfWork } from '../../platform/db/unit-of-work';
import { createGraphClient } from '../../platform/graph-client';
import { clearLoaders, loaderById, loaderByParent } from '../../platform/loaders';
import type { ProcessServices } from '../../platform/subgraph/define-subgraph';
import { type Prisma, PrismaClient } from '../../prisma/organizacoes/client/client';
import { createContextoRepository } from './contexto/contexto.repository';
import { createEquipeRepository } from './equipe/equipe.repository';
import { createMembroDaEquipeRepository } from './equipe/membro-da-equipe.repository';
import { createConfiguracaoRepository } from './organizacao/configuracao.repository';
import { organizacoesPolicy } from './organizacoes.policy';
import { createUnidadeRepository } from './unidade/unidade.repository';

/** Made once per process. */
export const start = async ({ databaseUrl, environment, links }: ProcessServices) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);
  return { prisma, environment, links, stop };
};

const createRepositories = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  configuracoes: createConfiguracaoRepository(db, organizacaoId),
  unidades: createUnidadeRepository(db, organizacaoId),
  equipes: createEquipeRepository(db, organizacaoId),
  membrosDaEquipe: createMembroDaEquipeRepository(db, organizacaoId),
  contextos: createContextoRepository(db, organizacaoId),
});
export type Repositories = ReturnType<typeof createRepositories>;

const createLoaders = ({ configuracoes, unidades, equipes, membrosDaEquipe, contextos }: Repositories) => ({
  configuracao: loaderById(configuracoes.porIds),
  unidade: loaderById(unidades.porIds),
  equipe: loaderById(equipes.porIds),
  membrosDaEquipe: loaderByParent(membrosDaEquipe.porEquipes, ({ equipeId }) => equipeId),
  contexto: loaderById(contextos.porIds),
});

/** Made for each request: what its Caller may do, and the ways to the data. */
export const createContext = (
  { prisma, environment, links }: Awaited<ReturnType<typeof start>>,
  asking: Asking,
) => {
  const { caller, info } = asking;
  const organizacaoId = organizationOf(caller);
  const repositories = createRepositories(prisma, organizacaoId);
  const loaders = createLoaders(repositories);
  return {
    caller,
    environment,
    policy: organizacoesPolicy(caller),
    graph: createGraphClient(links, asking),
    loaders,
    /** Whether this is the organization for which the Caller works. */
    ehDoCaller: (id: string): boolean => id.toLowerCase() === organizacaoId,
    unidades: repositories.unidades,
    equipes: repositories.equipes,
    contextos: repositories.contextos,
    unitOfWork: createUnitOfWork({
      db: prisma,
      repositories: (tx: Prisma.TransactionClient) => createRepositories(tx, organizacaoId),
      author: caller,
      info,
      environment,
      afterCommit: () => clearLoaders(loaders),
    }),
  };
};

export type OrganizacoesContext = ReturnType<typeof createContext>;
