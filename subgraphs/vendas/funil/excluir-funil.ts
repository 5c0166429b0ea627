import { conflict, notFound, staleVersion } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { funilAlterado } from './funil-alterado';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/**
 * Deactivates a Funil; what was won or lost in it stays.
 *
 * @throws CodedError NOT_FOUND, CONFLICT while it has open Oportunidades.
 */
export const excluirFunil = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ funis, etapas, quadro, record }) => {
    const funil = await funis.travar(id);
    if (!funil) throw notFound('Funil', 'dados.id');
    if (!funil.ativo) return { id, definitiva: false };
    // Nothing enters a stage that is locked: what is counted next stays true.
    const doFunil = await etapas.travarDoFunil(id);
    if ((await quadro.contar(doFunil.map((etapa) => etapa.id))) > 0) {
      throw conflict('FUNIL_EM_USO', 'Este funil tem oportunidades abertas. Encerre-as antes de o excluir.');
    }
    if (!(await funis.gravar({ ...funil, ativo: false, versao: funil.versao + 1 }))) {
      throw staleVersion('Funil');
    }
    record(funilAlterado({ acao: 'funil.excluir', entidade: 'Funil', id, funilId: id, campos: ['ativo'] }));
    return { id, definitiva: false };
  });
};
