import { notFound, staleVersion } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { VendasContext } from '../context';
import type { EditarFunilInput } from './funil.input';
import { funilAlterado } from './funil-alterado';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/** @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`. */
export const editarFunil = async (
  { policy, unitOfWork }: Dependencies,
  { id, versao, nome }: EditarFunilInput,
) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ funis, record }) => {
    const [antes] = await funis.porIds([id]);
    if (!antes) throw notFound('Funil', 'dados.id');
    const depois = { ...antes, nome: tidy(nome), versao: antes.versao + 1 };
    if (versao !== antes.versao || !(await funis.gravar(depois))) throw staleVersion('Funil');
    record(funilAlterado({ acao: 'funil.editar', entidade: 'Funil', id, funilId: id, campos: ['nome'] }));
    return { id };
  });
};
