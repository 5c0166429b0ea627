import { lockByName } from '../../../platform/db/lock-by-name';
import type { Moeda } from '../../../platform/values';
import type { Prisma, Configuracao as Stored } from '../../../prisma/organizacoes/client/client';
import { type Configuracao, configuracaoPadrao } from './configuracao';
import type { DiaDaSemana } from './dia-da-semana';
import type { Segmento } from './segmento';

const toConfiguracao = (row: Stored): Configuracao => ({
  id: row.organizacaoId,
  segmento: row.segmento as Segmento,
  fusoHorario: row.fusoHorario,
  configuracoes: {
    moeda: row.moeda as Moeda,
    primeiroDiaDaSemana: row.primeiroDiaDaSemana as DiaDaSemana,
    diasUteis: row.diasUteis as DiaDaSemana[],
  },
  versao: row.versao,
});

/** How one organization works. */
export const createConfiguracaoRepository = (db: Prisma.TransactionClient, organizacaoId: string) => {
  const ler = async (): Promise<Configuracao> => {
    const row = await db.configuracao.findUnique({ where: { organizacaoId } });
    return row ? toConfiguracao(row) : configuracaoPadrao(organizacaoId);
  };
  return {
    /** Of these organizations the one, if any. */
    porIds: async (ids: readonly string[]): Promise<Configuracao[]> =>
      ids.includes(organizacaoId) ? [await ler()] : [],
    /** As it is now, and as it and the contexto stay for others until the transaction ends. */
    travar: async (): Promise<Configuracao> => {
      // Not by the row, which may not be there yet.
      await lockByName(db, 'organizacao', organizacaoId);
      return ler();
    },
    /** Writes over what is there; it must be locked. */
    gravar: async ({ id: _, configuracoes, ...fields }: Configuracao): Promise<void> => {
      const row = { ...fields, ...configuracoes, diasUteis: [...configuracoes.diasUteis] };
      await db.configuracao.upsert({
        where: { organizacaoId },
        create: { ...row, organizacaoId },
        update: row,
      });
    },
  };
};

export type ConfiguracaoRepository = ReturnType<typeof createConfiguracaoRepository>;
