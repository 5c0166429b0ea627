import { notFound } from '../../../platform/errors';
import { clienteAtualizado } from '../cliente/cliente-atualizado';
import type { ClientesContext } from '../context';

type Dependencies = Pick<ClientesContext, 'policy' | 'unitOfWork'>;

/** @throws CodedError NOT_FOUND. */
export const excluirNota = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  const alcance = policy.podeEscrever();
  return unitOfWork(async ({ notas, record }) => {
    const [nota] = await notas.porIds([id], alcance);
    if (!nota || !(await notas.apagar(id))) throw notFound('Nota', 'dados.id');
    const { clienteId } = nota;
    record(clienteAtualizado({ acao: 'nota.excluir', entidade: 'Nota', id, clienteId, campos: ['notas'] }));
    return { id, definitiva: true };
  });
};
