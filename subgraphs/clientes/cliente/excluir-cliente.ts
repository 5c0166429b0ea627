import { notFound, staleVersion } from '../../../platform/errors';
import type { ClientesContext } from '../context';
import type { ExcluirClienteInput } from './cliente.input';

type Dependencies = Pick<ClientesContext, 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Deactivates a Cliente, or erases it with all that is part of it.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when somebody changes it at the same moment.
 */
export const excluirCliente = async (
  { policy, unitOfWork, environment }: Dependencies,
  { id, definitivo }: ExcluirClienteInput,
) => {
  const alcance = policy.podeExcluir();
  return unitOfWork(async ({ clientes, record }) => {
    const [cliente] = await clientes.porIds([id], alcance);
    if (!cliente) throw notFound('Cliente', 'dados.id');
    const done = definitivo
      ? await clientes.apagar(cliente)
      : await clientes.gravar({
          ...cliente,
          ativo: false,
          versao: cliente.versao + 1,
          atualizadoEm: environment.agora(),
        });
    if (!done) throw staleVersion('Cliente');
    record({
      acao: definitivo ? 'cliente.apagar' : 'cliente.excluir',
      entidade: 'Cliente',
      id,
      campos: ['ativo'],
      evento: { tipo: 'ClienteExcluido', dados: { clienteId: id, definitivo } },
    });
    return { id, definitiva: definitivo };
  });
};
