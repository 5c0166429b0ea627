import { selectAll } from '../../../platform/db/sql';
import type { Reach } from '../../../platform/reach';
import { Prisma, type Endereco as Stored } from '../../../prisma/clientes/client/client';
import { andClienteWithinReach } from '../cliente/cliente.reach';
import type { Endereco } from './endereco.type';

const toEndereco = ({ organizacaoId: _, uf, ...row }: Stored): Endereco => ({
  ...row,
  uf: uf as Endereco['uf'],
});

const { sql } = Prisma;
const columns = selectAll(Prisma.EnderecoScalarFieldEnum, 'e');

/** The addresses of the Clientes of one organization. */
export const createEnderecoRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[], alcance: Reach): Promise<Endereco[]> => {
    const found = await db.$queryRaw<Stored[]>`
      SELECT ${columns} FROM endereco e
      WHERE e.organizacao_id = ${organizacaoId}::uuid AND e.id = ANY(${ids}::uuid[])
        ${andClienteWithinReach(alcance, organizacaoId, sql`e.cliente_id`)}`;
    return found.map(toEndereco);
  },

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
