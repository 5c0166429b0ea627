import { withoutUndefined } from '../../../platform/changed-fields';
import { notFound, refuseNulls, staleVersion } from '../../../platform/errors';
import { exigirResponsavel } from '../../../platform/exigir-responsavel';
import { tidy } from '../../../platform/text';
import type { VendasContext } from '../context';
import { gravarMudanca } from './gravar-mudanca';
import type { EditarOportunidadeInput } from './oportunidade.input';
import { exigirValorPositivo } from './oportunidade.rules';
import type { Oportunidade } from './oportunidade.type';

type Dependencies = Pick<
  VendasContext,
  'caller' | 'policy' | 'graph' | 'colegas' | 'unitOfWork' | 'environment'
>;

const neverEmpty = ['titulo', 'valor'] as const;

const mudancas = ({
  titulo,
  valor,
  responsavelId,
  previsaoFechamento,
}: EditarOportunidadeInput): Partial<Oportunidade> =>
  withoutUndefined({
    titulo: titulo == null ? undefined : tidy(titulo),
    valor: valor == null ? undefined : { centavos: valor.centavos, moeda: valor.moeda },
    responsavelId,
    previsaoFechamento,
  });

/**
 * Changes the given fields of an Oportunidade, closed ones too; neither its etapa nor its situação.
 *
 * @throws CodedError NOT_FOUND for it or for a responsável that is not of the organization, FORBIDDEN for one out
 * of reach, CONFLICT for a stale `versao`, BAD_USER_INPUT for a null where a value must be or a negative amount.
 */
export const editarOportunidade = async (context: Dependencies, dados: EditarOportunidadeInput) => {
  const { policy, unitOfWork } = context;
  const alcance = policy.podeEscrever();
  refuseNulls(dados, neverEmpty);
  if (dados.valor) exigirValorPositivo(dados.valor);
  const before = async () => {
    if (dados.responsavelId === undefined) return;
    await exigirResponsavel(context, alcance, dados.responsavelId);
  };

  return unitOfWork(async (transaction) => {
    const antes = await transaction.oportunidades.travar(dados.id, alcance);
    if (!antes) throw notFound('Oportunidade', 'dados.id');
    if (antes.versao !== dados.versao) throw staleVersion('Oportunidade');
    await gravarMudanca(context, transaction, {
      tipo: 'EDITADA',
      acao: 'oportunidade.editar',
      antes,
      muda: mudancas(dados),
    });
    return { id: antes.id };
  }, before);
};
