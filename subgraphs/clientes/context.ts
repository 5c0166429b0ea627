import { type Asking, organizationOf } from '../../platform/caller';
import { openDatabase } from '../../platform/db/open-database';
import { createUnitOfWork } from '../../platform/db/unit-of-work';
import { createGraphClient } from '../../platform/graph-client';
import {
  clearLoaders,
  loaderById,
  loaderByParent,
  loaderOfCounts,
  loaderOfPages,
} from '../../platform/loaders';
import type { ProcessServices } from '../../platform/subgraph/define-subgraph';
import { type Prisma, PrismaClient } from '../../prisma/clientes/client/client';
import { clientePolicy } from './cliente/cliente.policy';
import { createClienteRepository } from './cliente/cliente.repository';
import { createEnderecoRepository } from './endereco/endereco.repository';
import { createEtiquetaRepository } from './etiqueta/etiqueta.repository';
import { createNotaRepository } from './nota/nota.repository';

/** Made once per process. */
export const start = async ({ databaseUrl, environment, links }: ProcessServices) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);
  return { prisma, environment, links, stop };
};

const createRepositories = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  clientes: createClienteRepository(db, organizacaoId),
  enderecos: createEnderecoRepository(db, organizacaoId),
  notas: createNotaRepository(db, organizacaoId),
  etiquetas: createEtiquetaRepository(db, organizacaoId),
});

export type Repositories = ReturnType<typeof createRepositories>;

const createLoaders = ({ clientes, enderecos, notas, etiquetas }: Repositories) => ({
  cliente: loaderById(clientes.porIds),
  endereco: loaderById(enderecos.porIds),
  nota: loaderById(notas.porIds),
  enderecosDoCliente: loaderByParent(enderecos.porClientes, ({ clienteId }) => clienteId),
  etiquetasDoCliente: loaderByParent(etiquetas.porClientes, ({ clienteId }) => clienteId),
  notasDoCliente: loaderOfPages(notas.listarDosClientes, ({ clienteId }) => clienteId),
  notasPorCliente: loaderOfCounts(notas.contarPorCliente),
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
    policy: clientePolicy(caller),
    graph: createGraphClient(links, asking),
    loaders,
    clientes: repositories.clientes,
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
