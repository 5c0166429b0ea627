import type { ChangeRecord } from '../../../platform/db/unit-of-work';
import type { EventTransaction } from '../../../platform/events/subscribers';
import type { Repositories } from '../context';
import type { TipoHistoricoOportunidade } from '../historico/historico.type';
import type { Mudada } from './carteira.repository';

type Writing = Pick<EventTransaction<Repositories>, 'historico' | 'record' | 'environment'>;

type Mudanca = {
  readonly tipo: TipoHistoricoOportunidade;
  /** `oportunidade.verbo`, for the audit trail. */
  readonly acao: string;
  readonly campos: readonly string[];
  readonly em: Date;
  /** What the other domains hear of each. */
  readonly evento: (oportunidadeId: string) => ChangeRecord['evento'];
};

/** Tells the history, the audit trail and the other domains what the system did to Oportunidades. */
export const anotarMudancas = async (
  { historico, record, environment }: Writing,
  mudadas: readonly Mudada[],
  { tipo, acao, campos, em, evento }: Mudanca,
): Promise<void> => {
  await historico.inserirTodos(
    mudadas.map(({ id, etapaId }) => ({
      id: environment.novoId(),
      oportunidadeId: id,
      tipo,
      deEtapaId: etapaId,
      paraEtapaId: etapaId,
      usuarioId: null,
      em,
    })),
  );
  for (const { id } of mudadas) record({ acao, entidade: 'Oportunidade', id, campos, evento: evento(id) });
};
