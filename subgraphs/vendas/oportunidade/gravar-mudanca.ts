import { changedFields } from '../../../platform/changed-fields';
import type { Transaction } from '../../../platform/db/unit-of-work';
import { staleVersion } from '../../../platform/errors';
import type { DomainEvent } from '../../../platform/events/catalogue';
import { requireCaller } from '../../../platform/permissions';
import type { Repositories, VendasContext } from '../context';
import type { TipoHistoricoOportunidade } from '../historico/historico.type';
import type { Oportunidade } from './oportunidade.type';

type Dependencies = Pick<VendasContext, 'caller' | 'environment'>;
type Writing = Pick<Transaction<Repositories>, 'oportunidades' | 'historico' | 'record'>;

type Mudanca = {
  readonly tipo: TipoHistoricoOportunidade;
  /** `oportunidade.verbo`, for the audit trail. */
  readonly acao: string;
  /** As it is stored, locked. */
  readonly antes: Oportunidade;
  readonly muda: Partial<Oportunidade>;
  /** What the other domains hear; OportunidadeAtualizada unless there is an event of its own. */
  readonly evento?: DomainEvent;
};

/**
 * Writes a change of an Oportunidade, its place in the history, its audit record and its event.
 *
 * @throws CodedError CONFLICT when the stored one has another version.
 */
export const gravarMudanca = async (
  { caller, environment }: Dependencies,
  { oportunidades, historico, record }: Writing,
  { tipo, acao, antes, muda, evento }: Mudanca,
): Promise<void> => {
  const { usuarioId } = requireCaller(caller);
  const agora = environment.agora();
  const depois = { ...antes, ...muda, versao: antes.versao + 1, atualizadoEm: agora };
  if (!(await oportunidades.gravar(depois))) throw staleVersion('Oportunidade');
  await historico.inserir({
    id: environment.novoId(),
    oportunidadeId: antes.id,
    tipo,
    deEtapaId: antes.etapaId,
    paraEtapaId: depois.etapaId,
    usuarioId,
    em: agora,
  });
  const campos = changedFields(antes, { ...antes, ...muda });
  record({
    acao,
    entidade: 'Oportunidade',
    id: antes.id,
    campos,
    evento: evento ?? { tipo: 'OportunidadeAtualizada', dados: { oportunidadeId: antes.id, campos } },
  });
};
