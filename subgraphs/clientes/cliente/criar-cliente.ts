import { exigirResponsavel } from '../../../platform/exigir-responsavel';
import { defaultOwner } from '../../../platform/reach';
import { fold, tidy } from '../../../platform/text';
import type { ClientesContext } from '../context';
import type { CriarClienteInput } from './cliente.input';
import { exigirDocumentoDoTipo } from './cliente.rules';
import type { Cliente } from './cliente.type';
import { contarDocumento } from './contar-documento';

type Dependencies = Pick<
  ClientesContext,
  'policy' | 'graph' | 'colegas' | 'unitOfWork' | 'environment' | 'limits'
>;

/**
 * Registers a Cliente. Whoever does not reach all of them takes care of it themselves unless they say who does.
 *
 * @throws CodedError BAD_USER_INPUT for a document of the other kind of person, FORBIDDEN for a responsável out of
 * reach, NOT_FOUND for one that is not of the organization, CONFLICT for a document that another Cliente has, be it
 * one that the Caller may not see: a document is unique in the organization, and who knows it learns that it is
 * taken, but not whose it is. RATE_LIMITED or SUBGRAPH_UNAVAILABLE as `contarDocumento` says, lest they guess it.
 */
export const criarCliente = async (
  { policy, graph, colegas, unitOfWork, environment, limits }: Dependencies,
  { etiquetas, ...dados }: CriarClienteInput,
) => {
  const alcance = policy.podeEscrever();
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
    responsavelId: dados.responsavelId ?? defaultOwner(alcance),
    ativo: true,
    versao: 1,
    criadoEm: agora,
    atualizadoEm: agora,
  };
  exigirDocumentoDoTipo(cliente);
  const before = async () => {
    await exigirResponsavel({ graph, colegas }, alcance, cliente.responsavelId);
    await contarDocumento({ policy, limits }, alcance, cliente.documento);
  };

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
