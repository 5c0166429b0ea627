import { conflict, notFound } from '../../../platform/errors';
import { clienteAtualizado } from '../cliente/cliente-atualizado';
import type { ClientesContext } from '../context';
import { camposDoEndereco } from './endereco.rules';
import type { AdicionarEnderecoInput } from './endereco.type';

type Dependencies = Pick<ClientesContext, 'policy' | 'unitOfWork' | 'environment'>;

const maxPerCliente = 50;

/**
 * Adds an address to a Cliente.
 *
 * @throws CodedError NOT_FOUND for the Cliente, CONFLICT when it has 50 addresses already.
 */
export const adicionarEndereco = async (
  { policy, unitOfWork, environment }: Dependencies,
  dados: AdicionarEnderecoInput,
) => {
  const alcance = policy.podeEscrever();
  const { clienteId } = dados;
  return unitOfWork(async ({ clientes, enderecos, record }) => {
    if (!(await clientes.travar(clienteId, alcance))) throw notFound('Cliente', 'dados.clienteId');
    if ((await enderecos.contarDoCliente(clienteId)) >= maxPerCliente) {
      throw conflict('LIMITE_DE_ENDERECOS', `Um cliente pode ter até ${maxPerCliente} endereços.`);
    }
    const endereco = { ...camposDoEndereco(dados), id: environment.novoId(), clienteId, versao: 1 };
    await enderecos.inserir(endereco);
    record(
      clienteAtualizado({
        acao: 'endereco.adicionar',
        entidade: 'Endereco',
        id: endereco.id,
        clienteId,
        campos: ['enderecos'],
      }),
    );
    return { id: endereco.id };
  });
};
