import { notFound } from '../../../platform/errors';
import { clienteAtualizado } from '../cliente/cliente-atualizado';
import type { ClientesContext } from '../context';

type Dependencies = Pick<ClientesContext, 'policy' | 'unitOfWork'>;

/** @throws CodedError NOT_FOUND. */
export const excluirEndereco = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  const alcance = policy.podeEscrever();
  return unitOfWork(async ({ enderecos, record }) => {
    const [endereco] = await enderecos.porIds([id], alcance);
    if (!endereco || !(await enderecos.apagar(id))) throw notFound('Endereço', 'dados.id');
    record(
      clienteAtualizado({
        acao: 'endereco.excluir',
        entidade: 'Endereco',
        id,
        clienteId: endereco.clienteId,
        campos: ['enderecos'],
      }),
    );
    return { id, definitiva: true };
  });
};
