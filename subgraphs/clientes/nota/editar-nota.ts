import { notFound, staleVersion } from '../../../platform/errors';
import { clienteAtualizado } from '../cliente/cliente-atualizado';
import type { ClientesContext } from '../context';
import type { EditarNotaInput } from './nota.type';

type Dependencies = Pick<ClientesContext, 'policy' | 'unitOfWork' | 'environment'>;

/** @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`. */
export const editarNota = async (
  { policy, unitOfWork, environment }: Dependencies,
  { id, versao, texto }: EditarNotaInput,
) => {
  const alcance = policy.podeEscrever();
  return unitOfWork(async ({ notas, record }) => {
    const [antes] = await notas.porIds([id], alcance);
    if (!antes) throw notFound('Nota', 'dados.id');
    if (antes.versao !== versao) throw staleVersion('Nota');
    const depois = { ...antes, texto: texto.trim(), versao: versao + 1, atualizadoEm: environment.agora() };
    if (!(await notas.gravar(depois))) throw staleVersion('Nota');
    const { clienteId } = depois;
    record(clienteAtualizado({ acao: 'nota.editar', entidade: 'Nota', id, clienteId, campos: ['notas'] }));
    return { id };
  });
};
