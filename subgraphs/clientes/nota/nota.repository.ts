import { keysetSql, selectAll } from '../../../platform/db/sql';
import type { PageRequest } from '../../../platform/pagination/page-request';
import type { Reach } from '../../../platform/reach';
import { Prisma, type Nota as Stored } from '../../../prisma/clientes/client/client';
import { andClienteWithinReach } from '../cliente/cliente.reach';
import { notaOrder } from './nota.orders';
import type { Nota } from './nota.type';

const toNota = ({ organizacaoId: _, ...row }: Stored): Nota => row;

const { sql } = Prisma;
const columns = selectAll(Prisma.NotaScalarFieldEnum, 'n');

/** The notes on the Clientes of one organization. */
export const createNotaRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[], alcance: Reach): Promise<Nota[]> => {
    const found = await db.$queryRaw<Stored[]>`
      SELECT ${columns} FROM nota n
      WHERE n.organizacao_id = ${organizacaoId}::uuid AND n.id = ANY(${ids}::uuid[])
        ${andClienteWithinReach(alcance, organizacaoId, sql`n.cliente_id`)}`;
    return found.map(toNota);
  },

  /**
   * For each Cliente, who was found within the reach of who asks, its page, newest first, in the direction of travel,
   * and one more when there are more.
   */
  listarDosClientes: (clienteIds: readonly string[], request: PageRequest): Promise<Nota[]> => {
    const { after, orderBy, limit } = keysetSql(notaOrder, request, 'n');
    return db.$queryRaw<Nota[]>`
      SELECT ${selectAll(Prisma.NotaScalarFieldEnum, 'nota')}
      FROM unnest(${clienteIds}::uuid[]) AS pedido (cliente_id)
      CROSS JOIN LATERAL (
        SELECT * FROM nota n
        WHERE n.organizacao_id = ${organizacaoId}::uuid AND n.cliente_id = pedido.cliente_id ${after}
        ${orderBy} ${limit}
      ) AS nota`;
  },

  contarPorCliente: async (clienteIds: readonly string[]): Promise<{ id: string; total: number }[]> => {
    const counted = await db.nota.groupBy({
      by: ['clienteId'],
      where: { organizacaoId, clienteId: { in: [...clienteIds] } },
      _count: true,
    });
    return counted.map(({ clienteId, _count }) => ({ id: clienteId, total: _count }));
  },

  inserir: async (nota: Nota): Promise<void> => {
    await db.nota.create({ data: { ...nota, organizacaoId } });
  },

  /** Writes over the stored one when that still has the version before; false when it does not. */
  gravar: async (nota: Nota): Promise<boolean> => {
    const { count } = await db.nota.updateMany({
      where: { organizacaoId, id: nota.id, versao: nota.versao - 1 },
      data: nota,
    });
    return count === 1;
  },

  apagar: async (id: string): Promise<boolean> => {
    const { count } = await db.nota.deleteMany({ where: { organizacaoId, id } });
    return count === 1;
  },
});

export type NotaRepository = ReturnType<typeof createNotaRepository>;
