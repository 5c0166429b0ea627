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
import { type Prisma, PrismaClient } from '../../prisma/clientes/client/client';
import { clientePolicy } from './cliente/cliente.policy';
import { createClienteRepository } from './cliente/cliente.repository';
import { createEnderecoRepository } from './endereco/endereco.repository';
import { createEtiquetaRepository } from './etiqueta/etiqueta.repository';
import { createNotaRepository } from './nota/nota.repository';

/** Made once per process. */
export const start = async ({ databaseUrl, environment, links, limits }: ProcessServices) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);
  return { prisma, environment, links, limits, stop };
};

export const createRepositories = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  clientes: createClienteRepository(db, organizacaoId),
  enderecos: createEnderecoRepository(db, organizacaoId),
  notas: createNotaRepository(db, organizacaoId),
  etiquetas: createEtiquetaRepository(db, organizacaoId),
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
  { clientes, enderecos, notas, etiquetas }: Repositories,
  policy: ReturnType<typeof clientePolicy>,
) => ({
  cliente: loaderById((ids) => clientes.porIds(ids, policy.podeLer())),
  endereco: loaderById((ids) => enderecos.porIds(ids, policy.podeLer())),
  nota: loaderById((ids) => notas.porIds(ids, policy.podeLer())),
  enderecosDoCliente: loaderByParent(enderecos.porClientes, ({ clienteId }) => clienteId),
  etiquetasDoCliente: loaderByParent(etiquetas.porClientes, ({ clienteId }) => clienteId),
  notasDoCliente: loaderOfPages(notas.listarDosClientes, ({ clienteId }) => clienteId),
  notasPorCliente: loaderOfCounts(notas.contarPorCliente),
});

/** Made for each request: what its Caller may do, and the ways to the data. */
export const createContext = (
  { prisma, environment, links, limits }: Awaited<ReturnType<typeof start>>,
  asking: Asking,
) => {
  const { caller, info } = asking;
  const organizacaoId = organizationOf(caller);
  const repositories = createRepositories(prisma, organizacaoId);
  const policy = clientePolicy(caller);
  const loaders = createLoaders(repositories, policy);
  const colegas: Colleagues = loaderById((ids) => repositories.equipes.colegas(caller?.equipes ?? [], ids));
  return {
    caller,
    environment,
    limits,
    policy,
    graph: createGraphClient(links, asking),
    loaders,
    colegas,
    clientes: repositories.clientes,
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

export type ClientesContext = ReturnType<typeof createContext>;
