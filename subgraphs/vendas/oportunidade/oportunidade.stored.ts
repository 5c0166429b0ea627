import { calendarDateOf, midnightOf } from '../../../platform/db/calendar-column';
import type { Moeda } from '../../../platform/values';
import type { Oportunidade as Stored } from '../../../prisma/vendas/client/client';
import type { Oportunidade, SituacaoOportunidade } from './oportunidade.type';

/** An Oportunidade from its row. */
export const toOportunidade = ({
  organizacaoId: _,
  valorCentavos,
  moeda,
  situacao,
  previsaoFechamento,
  ...row
}: Stored): Oportunidade => ({
  ...row,
  valor: { centavos: valorCentavos, moeda: moeda as Moeda },
  situacao: situacao as SituacaoOportunidade,
  previsaoFechamento: previsaoFechamento && calendarDateOf(previsaoFechamento),
});

/** The row of an Oportunidade, its organization apart. */
export const toStored = ({
  valor,
  previsaoFechamento,
  ...fields
}: Oportunidade): Omit<Stored, 'organizacaoId'> => ({
  ...fields,
  valorCentavos: valor.centavos,
  moeda: valor.moeda,
  previsaoFechamento: previsaoFechamento === null ? null : midnightOf(previsaoFechamento),
});
