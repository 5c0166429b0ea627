import { changedFields, withoutUndefined } from '../../../platform/changed-fields';
import { refuseNulls, staleVersion } from '../../../platform/errors';
import { requireCaller } from '../../../platform/permissions';
import type { OrganizacoesContext } from '../context';
import { acrescentarContexto } from '../contexto/acrescentar-contexto';
import { exigirDocumentoDoModelo, exigirDocumentoGuardadoDoModelo } from '../contexto/exigir-documento';
import type { Configuracao, Configuracoes } from './configuracao';
import { DiaDaSemana } from './dia-da-semana';
import type { ConfigurarOrganizacaoInput } from './organizacao.input';
import { organizacaoAlterada } from './organizacao-alterada';

type Dependencies = Pick<OrganizacoesContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

const neverEmpty = ['segmento', 'fusoHorario', 'configuracoes', 'contexto'] as const;
const configuracoesNeverEmpty = ['moeda', 'primeiroDiaDaSemana', 'diasUteis'] as const;

const contextoDeOutroSegmento =
  'O contexto atual não atende ao modelo deste segmento. Envie junto um contexto que atenda.';

const semana = Object.values(DiaDaSemana);

const configurado = (
  antes: Configuracao,
  { segmento, fusoHorario, configuracoes = {} }: ConfigurarOrganizacaoInput,
): Configuracao => {
  const depois: Configuracoes = {
    ...antes.configuracoes,
    ...(withoutUndefined({ ...configuracoes }) as Partial<Configuracoes>),
  };
  return {
    id: antes.id,
    segmento: segmento ?? antes.segmento,
    fusoHorario: fusoHorario ?? antes.fusoHorario,
    configuracoes: { ...depois, diasUteis: semana.filter((dia) => depois.diasUteis.includes(dia)) },
    versao: antes.versao,
  };
};

/**
 * Changes the given fields of how the Caller's organization works, and with a `contexto` that as well. What is as it
 * was already is no change.
 *
 * @throws CodedError CONFLICT for a stale `versao`, of the contexto too, and for a segmento whose template the
 * present contexto does not fit; BAD_USER_INPUT for a null, and for a contexto that does not fit.
 */
export const configurarOrganizacao = async (
  { caller, policy, unitOfWork, environment }: Dependencies,
  dados: ConfigurarOrganizacaoInput,
) => {
  policy.podeConfigurar();
  const { usuarioId } = requireCaller(caller);
  refuseNulls(dados, neverEmpty);
  if (dados.configuracoes) {
    refuseNulls(dados.configuracoes, configuracoesNeverEmpty, 'dados.configuracoes');
  }
  return unitOfWork(async ({ configuracoes, contextos, record }) => {
    const antes = await configuracoes.travar();
    if (dados.versao !== antes.versao) throw staleVersion('Organização');
    const depois = configurado(antes, dados);
    const campos = changedFields(antes, depois);
    if (campos.length > 0) {
      await configuracoes.gravar({ ...depois, versao: antes.versao + 1 });
      record(organizacaoAlterada(antes.id, campos));
    }
    const { segmento } = depois;
    if (dados.contexto) {
      const { versao, documento } = dados.contexto;
      const ultimo = await contextos.ultimo();
      if (versao !== (ultimo?.versao ?? 0)) throw staleVersion('Contexto');
      exigirDocumentoDoModelo(segmento, documento, 'dados.contexto.documento');
      const novo = {
        acao: 'contexto.atualizar',
        organizacaoId: antes.id,
        segmento,
        documento,
        autorId: usuarioId,
        ultimo,
      } as const;
      await acrescentarContexto({ contextos, record, environment }, novo);
    } else if (segmento !== antes.segmento) {
      const ultimo = await contextos.ultimo();
      if (ultimo) exigirDocumentoGuardadoDoModelo(segmento, ultimo.documento, contextoDeOutroSegmento);
    }
    return { id: antes.id };
  });
};
