import { fold, tidy } from '../../../platform/text';
import type { Etiqueta, Prisma } from '../../../prisma/clientes/client/client';

/** The etiquetas on the Clientes of one organization. */
export const createEtiquetaRepository = (db: Prisma.TransactionClient, organizacaoId: string) => {
  /** Of etiquetas that differ in case or accents only, the last one stays. */
  const inserir = async (clienteId: string, nomes: readonly string[]): Promise<void> => {
    const byKey = new Map(nomes.map((nome) => [fold(nome), tidy(nome)]));
    await db.etiqueta.createMany({
      data: Array.from(byKey, ([chave, nome]) => ({ organizacaoId, clienteId, chave, nome })),
    });
  };

  return {
    porClientes: (clienteIds: readonly string[]): Promise<Etiqueta[]> =>
      db.etiqueta.findMany({
        where: { organizacaoId, clienteId: { in: [...clienteIds] } },
        orderBy: { chave: 'asc' },
      }),

    inserir,

    /** Leaves the Cliente with these etiquetas and no others. */
    trocar: async (clienteId: string, nomes: readonly string[]): Promise<void> => {
      await db.etiqueta.deleteMany({ where: { organizacaoId, clienteId } });
      await inserir(clienteId, nomes);
    },
  };
};

export type EtiquetaRepository = ReturnType<typeof createEtiquetaRepository>;
