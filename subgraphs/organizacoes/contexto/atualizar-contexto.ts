import { staleVersion } from '../../../platform/errors';
import { requireCaller } from '../../../platform/permissions';
import type { OrganizacoesContext } from '../context';
import { acrescentarContexto } from './acrescentar-contexto';
import type { AtualizarContextoInput } from './contexto.input';
import { exigirDocumentoDoModelo } from './exigir-documento';

type Dependencies = Pick<OrganizacoesContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Adds a version of the contexto of the Caller's organization.
 *
 * @throws CodedError CONFLICT for a stale `versao`, BAD_USER_INPUT for a document that does not fit the template.
 */
export const atualizarContexto = async (
  { caller, policy, unitOfWork, environment }: Dependencies,
  { versao, documento }: AtualizarContextoInput,
) => {
  policy.podeConfigurar();
  const { organizacaoId, usuarioId: autorId } = requireCaller(caller);
  return unitOfWork(async ({ configuracoes, contextos, record }) => {
    const { segmento } = await configuracoes.travar();
    const ultimo = await contextos.ultimo();
    if (versao !== (ultimo?.versao ?? 0)) throw staleVersion('Contexto');
    exigirDocumentoDoModelo(segmento, documento, 'dados.documento');
    const novo = { acao: 'contexto.atualizar', organizacaoId, segmento, documento, autorId, ultimo } as const;
    return { id: await acrescentarContexto({ contextos, record, environment }, novo) };
  });
};
