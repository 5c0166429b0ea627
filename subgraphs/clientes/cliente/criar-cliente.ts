import { exigirResponsavel } from '../../../platform/exigir-responsavel';
import { fold, tidy } from '../../../platform/text';
import type { ClientesContext } from '../context';
import type { CriarClienteInput } from './cliente.input';
import { exigirDocumentoDoTipo } from './cliente.rules';
import type { Cliente } from './cliente.type';

type Dependencies = Pick<ClientesContext, 'policy' | 'graph' | 'unitOfWork' | 'environment'>;

/**
 * Registers a Cliente.
 *
 * @throws CodedError BAD_USER_INPUT for a document of the other kind of person, NOT_FOUND for a responsável
 * that is not of the organization, CONFLICT for a document that another Cliente has.
 */
export const criarCliente = async (
  { policy, graph, unitOfWork, environment }: Dependencies,
  { etiquetas, ...dados }: CriarClienteInput,
) => {
  policy.podeEscrever();
  const agora = environment.agora();
  const cliente: Cliente = {
    id: environment.novoId(),
    tipo: dados.tipo,
    nome: tidy(dados.nome),
    nomeOrdem: fold(dados.nome),
    documento: dados.documento ?? null,
    emails: [...new Set(dados.emails)],
    telefones: [...new Set(dados.telefones)],
    dataNascimento: dados.dataNascimento ?? null,
    responsavelId: dados.responsavelId ?? null,
    ativo: true,
    versao: 1,
    criadoEm: agora,
    atualizadoEm: agora,
  };
  exigirDocumentoDoTipo(cliente);
  const before = () => exigirResponsavel(graph, cliente.responsavelId);

  return unitOfWork(async ({ clientes, etiquetas: etiquetasDosClientes, record }) => {
    await clientes.inserir(cliente);
    if (etiquetas.length > 0) await etiquetasDosClientes.inserir(cliente.id, etiquetas);
    record({
      acao: 'cliente.criar',
      entidade: 'Cliente',
      id: cliente.id,
      campos: [...Object.keys(dados), 'etiquetas'],
      evento: {
        tipo: 'ClienteCriado',
        dados: { clienteId: cliente.id, responsavelId: cliente.responsavelId },
      },
    });
    return { id: cliente.id };
  }, before);
};
