import { type Asking, organizationOf } from '../../platform/caller';
import { openDatabase } from '../../platform/db/open-database';
import { createUnitOfWork } from '../../platform/db/unit-of-work';
import { createEquipeRepository } from '../../platform/equipes/equipe.repository';
import { createDeadLetterRepository } from '../../platform/events/dead-letters/dead-letter.repository';
import { createGraphClient } from '../../platform/graph-client';
import {
  clearLoaders,
  loaderById,
  loaderByParent,
  loaderOfCounts,
  loaderOfPages,
} from '../../platform/loaders';
import type { Colleagues } from '../../platform/reach';
import type { ProcessServices } from '../../platform/subgraph/define-subgraph';
import { type Prisma, PrismaClient } from '../../prisma/vendas/client/client';
import { createCarteiraRepository } from './cliente/carteira.repository';
import { createClienteRepository } from './cliente/cliente.repository';
import { createClienteConhecidoRepository } from './cliente/cliente-conhecido.repository';
import { createEtapaRepository } from './etapa/etapa.repository';
import { createFunilRepository } from './funil/funil.repository';
import { createHistoricoRepository } from './historico/historico.repository';
import { createMotivoPerdaRepository } from './motivo-perda/motivo-perda.repository';
import { createOportunidadeRepository } from './oportunidade/oportunidade.repository';
import { createQuadroRepository } from './quadro/quadro.repository';
import { vendasPolicy } from './vendas.policy';

/** Made once per process. */
export const start = async ({ databaseUrl, environment, links }: ProcessServices) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);
  return { prisma, environment, links, stop };
};

export const createRepositories = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  funis: createFunilRepository(db, organizacaoId),
  etapas: createEtapaRepository(db, organizacaoId),
  motivosPerda: createMotivoPerdaRepository(db, organizacaoId),
  oportunidades: createOportunidadeRepository(db, organizacaoId),
  quadro: createQuadroRepository(db, organizacaoId),
  historico: createHistoricoRepository(db, organizacaoId),
  clientes: createClienteRepository(db, organizacaoId),
  clientesConhecidos: createClienteConhecidoRepository(db, organizacaoId),
  carteira: createCarteiraRepository(db, organizacaoId),
  equipes: createEquipeRepository(db, organizacaoId),
  eventosMortos: createDeadLetterRepository(db, organizacaoId),
});

export type Repositories = ReturnType<typeof createRepositories>;

/** Where the events of other domains take effect. */
export const eventDatabase = ({ prisma, environment }: Awaited<ReturnType<typeof start>>) => ({
  db: prisma,
  repositories: createRepositories,
  environment,
});

const createLoaders = (
  { funis, etapas, motivosPerda, oportunidades, historico, clientes }: Repositories,
  policy: ReturnType<typeof vendasPolicy>,
) => ({
  funil: loaderById(funis.porIds),
  etapa: loaderById(etapas.porIds),
  motivoPerda: loaderById(motivosPerda.porIds),
  oportunidade: loaderById((ids) => oportunidades.porIds(ids, policy.podeLer())),
  etapasDoFunil: loaderByParent(etapas.porFunis, ({ funilId }) => funilId),
  historicoDaOportunidade: loaderOfPages(
    historico.listarDasOportunidades,
    ({ oportunidadeId }) => oportunidadeId,
  ),
  historicosPorOportunidade: loaderOfCounts(historico.contarPorOportunidade),
  oportunidadesDoCliente: loaderOfPages(
    (ids, request) => clientes.listarOportunidades(ids, request, policy.podeLer()),
    ({ clienteId }) => clienteId,
  ),
  oportunidadesPorCliente: loaderOfCounts((ids) => clientes.contarOportunidades(ids, policy.podeLer())),
  valorEmAberto: loaderByParent(
    (ids) => clientes.somarEmAberto(ids, policy.podeLer()),
    ({ clienteId }) => clienteId,
  ),
});

/** Made for each request: what its Caller may do, and the ways to the data. */
export const createContext = (
  { prisma, environment, links }: Awaited<ReturnType<typeof start>>,
  asking: Asking,
) => {
  const { caller, info } = asking;
  const organizacaoId = organizationOf(caller);
  const repositories = createRepositories(prisma, organizacaoId);
  const policy = vendasPolicy(caller);
  const loaders = createLoaders(repositories, policy);
  const colegas: Colleagues = loaderById((ids) => repositories.equipes.colegas(caller?.equipes ?? [], ids));
  return {
    caller,
    environment,
    policy,
    graph: createGraphClient(links, asking),
    loaders,
    colegas,
    funis: repositories.funis,
    motivosPerda: repositories.motivosPerda,
    oportunidades: repositories.oportunidades,
    /** Outside of a transaction only what lasts no longer than the answer. */
    clientesConhecidos: { sequenciaDe: repositories.clientesConhecidos.sequenciaDe },
    eventosMortos: repositories.eventosMortos,
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

export type VendasContext = ReturnType<typeof createContext>;
