import { notFound, staleVersion } from '../../../platform/errors';
import { clienteAtualizado } from '../cliente/cliente-atualizado';
import type { ClientesContext } from '../context';
import { camposDoEndereco } from './endereco.rules';
import type { EditarEnderecoInput } from './endereco.type';

type Dependencies = Pick<ClientesContext, 'policy' | 'unitOfWork'>;

/** @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`. */
export const editarEndereco = async ({ policy, unitOfWork }: Dependencies, dados: EditarEnderecoInput) => {
  const alcance = policy.podeEscrever();
  return unitOfWork(async ({ enderecos, record }) => {
    const [antes] = await enderecos.porIds([dados.id], alcance);
    if (!antes) throw notFound('Endereço', 'dados.id');
    if (antes.versao !== dados.versao) throw staleVersion('Endereço');
    const depois = { ...antes, ...camposDoEndereco(dados), versao: dados.versao + 1 };
    if (!(await enderecos.gravar(depois))) throw staleVersion('Endereço');
    record(
      clienteAtualizado({
        acao: 'endereco.editar',
        entidade: 'Endereco',
        id: depois.id,
        clienteId: depois.clienteId,
        campos: ['enderecos'],
      }),
    );
    return { id: depois.id };
  });
};
