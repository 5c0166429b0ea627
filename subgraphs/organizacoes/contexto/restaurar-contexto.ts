import { notFound } from '../../../platform/errors';
import { requireCaller } from '../../../platform/permissions';
import type { OrganizacoesContext } from '../context';
import { acrescentarContexto } from './acrescentar-contexto';
import type { RestaurarContextoInput } from './contexto.input';
import { exigirDocumentoGuardadoDoModelo } from './exigir-documento';

type Dependencies = Pick<OrganizacoesContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Adds a version of the contexto that says what an earlier one did.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when that document does not fit the template that holds today.
 */
export const restaurarContexto = async (
  { caller, policy, unitOfWork, environment }: Dependencies,
  { versao }: RestaurarContextoInput,
) => {
  policy.podeConfigurar();
  const { organizacaoId, usuarioId: autorId } = requireCaller(caller);
  return unitOfWork(async ({ configuracoes, contextos, record }) => {
    const { segmento } = await configuracoes.travar();
    const antiga = await contextos.daVersao(versao);
    if (!antiga) throw notFound('Versão do contexto', 'dados.versao');
    const { documento } = antiga;
    exigirDocumentoGuardadoDoModelo(
      segmento,
      documento,
      'Esta versão não atende ao modelo atual do segmento.',
    );
    const novo = {
      acao: 'contexto.restaurar',
      organizacaoId,
      segmento,
      documento,
      autorId,
      ultimo: await contextos.ultimo(),
    } as const;
    return { id: await acrescentarContexto({ contextos, record, environment }, novo) };
  });
};
