import { notFound } from '../../../platform/errors';
import { requireCaller } from '../../../platform/permissions';
import { clienteAtualizado } from '../cliente/cliente-atualizado';
import type { ClientesContext } from '../context';
import type { AdicionarNotaInput, Nota } from './nota.type';

type Dependencies = Pick<ClientesContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

/** @throws CodedError NOT_FOUND for the Cliente. */
export const adicionarNota = async (
  { caller, policy, unitOfWork, environment }: Dependencies,
  { clienteId, texto }: AdicionarNotaInput,
) => {
  const alcance = policy.podeEscrever();
  const { usuarioId } = requireCaller(caller);
  return unitOfWork(async ({ clientes, notas, record }) => {
    if (!(await clientes.travar(clienteId, alcance))) throw notFound('Cliente', 'dados.clienteId');
    const agora = environment.agora();
    const nota: Nota = {
      id: environment.novoId(),
      clienteId,
      texto: texto.trim(),
      autorId: usuarioId,
      versao: 1,
      criadoEm: agora,
      atualizadoEm: agora,
    };
    await notas.inserir(nota);
    record(
      clienteAtualizado({
        acao: 'nota.adicionar',
        entidade: 'Nota',
        id: nota.id,
        clienteId,
        campos: ['notas'],
      }),
    );
    return { id: nota.id };
  });
};
