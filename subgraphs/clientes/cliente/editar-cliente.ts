import { changedFields, withoutUndefined } from '../../../platform/changed-fields';
import { forbidden, notFound, refuseNulls, staleVersion } from '../../../platform/errors';
import { exigirResponsavel } from '../../../platform/exigir-responsavel';
import { fold, tidy } from '../../../platform/text';
import type { ClientesContext } from '../context';
import type { EditarClienteInput } from './cliente.input';
import { exigirDocumentoDoTipo } from './cliente.rules';
import type { Cliente } from './cliente.type';
import { clienteAtualizado } from './cliente-atualizado';
import { contarDocumento } from './contar-documento';

type Dependencies = Pick<
  ClientesContext,
  'policy' | 'graph' | 'colegas' | 'unitOfWork' | 'environment' | 'limits'
>;

const neverEmpty = ['tipo', 'nome', 'emails', 'telefones', 'etiquetas'] as const;

const editado = (
  cliente: Cliente,
  { id: _, versao, etiquetas: __, ...dados }: EditarClienteInput,
  agora: Date,
): Cliente => {
  const nome = dados.nome ?? cliente.nome;
  return {
    ...cliente,
    ...(withoutUndefined(dados) as Partial<Cliente>),
    emails: [...new Set(dados.emails ?? cliente.emails)],
    telefones: [...new Set(dados.telefones ?? cliente.telefones)],
    nome: tidy(nome),
    nomeOrdem: fold(nome),
    versao: versao + 1,
    atualizadoEm: agora,
  };
};

const documentoMascarado = () =>
  forbidden('Só quem vê este documento por inteiro pode alterá-lo.', 'DOCUMENTO_MASCARADO');

/**
 * Changes the given fields of a Cliente. A document that is there is only changed by who sees it whole: to others any
 * that is sent is refused, be it the same, since an answer that depends on it would confirm a guess.
 *
 * @throws CodedError NOT_FOUND for it or for a responsável that is not of the organization, FORBIDDEN for one out
 * of reach, and with motivo DOCUMENTO_MASCARADO, CONFLICT for a stale `versao` or a document that another Cliente has
 * (see `criarCliente`), BAD_USER_INPUT for a null where a value must be, RATE_LIMITED or SUBGRAPH_UNAVAILABLE as
 * `contarDocumento` says.
 */
export const editarCliente = async (
  { policy, graph, colegas, unitOfWork, environment, limits }: Dependencies,
  dados: EditarClienteInput,
) => {
  const alcance = policy.podeEscrever();
  refuseNulls(dados, neverEmpty);
  const before = async () => {
    if (dados.responsavelId !== undefined) {
      await exigirResponsavel({ graph, colegas }, alcance, dados.responsavelId);
    }
    await contarDocumento({ policy, limits }, alcance, dados.documento);
  };

  return unitOfWork(async ({ clientes, etiquetas, record }) => {
    const [antes] = await clientes.porIds([dados.id], alcance);
    if (!antes) throw notFound('Cliente', 'dados.id');
    if (antes.versao !== dados.versao) throw staleVersion('Cliente');
    if (dados.documento !== undefined && antes.documento !== null) {
      const visiveis = policy.documentosVisiveis();
      if (!visiveis || !(await clientes.travar(dados.id, visiveis))) throw documentoMascarado();
    }
    const depois = editado(antes, dados, environment.agora());
    exigirDocumentoDoTipo(depois);
    if (!(await clientes.gravar(depois))) throw staleVersion('Cliente');
    if (dados.etiquetas) await etiquetas.trocar(dados.id, dados.etiquetas);
    const { versao: _, atualizadoEm: __, nomeOrdem: ___, ...visible } = depois;
    record(
      clienteAtualizado({
        acao: 'cliente.editar',
        entidade: 'Cliente',
        id: depois.id,
        clienteId: depois.id,
        campos: [...changedFields(antes, visible as Cliente), ...(dados.etiquetas ? ['etiquetas'] : [])],
      }),
    );
    return { id: depois.id };
  }, before);
};
