import type { Prisma, Endereco as Stored } from '../../../prisma/clientes/client/client';
import type { Endereco } from './endereco.type';

const toEndereco = ({ organizacaoId: _, uf, ...row }: Stored): Endereco => ({
  ...row,
  uf: uf as Endereco['uf'],
});

/** The addresses of the Clientes of one organization. */
export const createEnderecoRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<Endereco[]> =>
    (await db.endereco.findMany({ where: { organizacaoId, id: { in: [...ids] } } })).map(toEndereco),

  /** Oldest first. */
  porClientes: async (clienteIds: readonly string[]): Promise<Endereco[]> => {
    const where = { organizacaoId, clienteId: { in: [...clienteIds] } };
    return (await db.endereco.findMany({ where, orderBy: { id: 'asc' } })).map(toEndereco);
  },

  contarDoCliente: (clienteId: string): Promise<number> =>
    db.endereco.count({ where: { organizacaoId, clienteId } }),

  inserir: async (endereco: Endereco): Promise<void> => {
    await db.endereco.create({ data: { ...endereco, organizacaoId } });
  },

  /** Writes over the stored one when that still has the version before; false when it does not. */
  gravar: async (endereco: Endereco): Promise<boolean> => {
    const { count } = await db.endereco.updateMany({
      where: { organizacaoId, id: endereco.id, versao: endereco.versao - 1 },
      data: endereco,
    });
    return count === 1;
  },

  apagar: async (id: string): Promise<boolean> => {
    const { count } = await db.endereco.deleteMany({ where: { organizacaoId, id } });
    return count === 1;
  },
});

export type EnderecoRepository = ReturnType<typeof createEnderecoRepository>;
