import { notFound, staleVersion } from '../../../platform/errors';
import type { ClientesContext } from '../context';
import { clienteAtualizado } from './cliente-atualizado';

type Dependencies = Pick<ClientesContext, 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Undoes the exclusion of a Cliente; one that is active stays as it is.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when somebody changes it at the same moment.
 */
export const reativarCliente = async ({ policy, unitOfWork, environment }: Dependencies, id: string) => {
  const alcance = policy.podeExcluir();
  return unitOfWork(async ({ clientes, record }) => {
    const [cliente] = await clientes.porIds([id], alcance);
    if (!cliente) throw notFound('Cliente', 'id');
    if (cliente.ativo) return { id };
    const reativado = {
      ...cliente,
      ativo: true,
      versao: cliente.versao + 1,
      atualizadoEm: environment.agora(),
    };
    if (!(await clientes.gravar(reativado))) throw staleVersion('Cliente');
    record(
      clienteAtualizado({
        acao: 'cliente.reativar',
        entidade: 'Cliente',
        id,
        clienteId: id,
        campos: ['ativo'],
      }),
    );
    return { id };
  });
};
