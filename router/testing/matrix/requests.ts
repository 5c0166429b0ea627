import { leastArgs } from '../../../subgraphs/testing/access/field-document';
import { type RootField, rootFields, slotsOf } from './graph';
import type { Kind } from './kinds';
import type { Coisas } from './making';

/** Stands in arguments for the id of a thing. */
class Named {
  constructor(readonly kind: Kind) {}
}
const um = (kind: Kind) => new Named(kind);

const endereco = { logradouro: 'Rua', cidade: 'São Paulo', uf: 'SP', cep: '01310100' };

/**
 * For every root field that takes ids, arguments that it accepts, with what each id names. `coisas` are those of who
 * asks, new for each field.
 */
const requests: Readonly<Record<string, object>> = {
  auditoria: { filtro: { entidadeId: um('auditado'), usuarioId: um('auditor') } },
  cliente: { id: um('cliente') },
  clientes: { filtro: { responsavelId: um('donoDoCliente') } },
  funil: { id: um('funil') },
  oportunidade: { id: um('oportunidade') },
  oportunidades: {
    filtro: {
      clienteId: um('clienteComVenda'),
      funilId: um('funilComVenda'),
      etapaId: um('etapaComVenda'),
      responsavelId: um('donoDaVenda'),
    },
  },

  criarCliente: { dados: { tipo: 'FISICA', nome: 'Ana', responsavelId: um('responsavel') } },
  editarCliente: { dados: { id: um('cliente'), versao: 1, nome: 'Bia', responsavelId: um('responsavel') } },
  excluirCliente: { dados: { id: um('cliente') } },
  reativarCliente: { id: um('clienteExcluido') },
  adicionarEndereco: { dados: { clienteId: um('cliente'), ...endereco } },
  editarEndereco: { dados: { id: um('endereco'), versao: 1, ...endereco } },
  excluirEndereco: { dados: { id: um('endereco') } },
  adicionarNota: { dados: { clienteId: um('cliente'), texto: 'Nota' } },
  editarNota: { dados: { id: um('nota'), versao: 1, texto: 'Outra' } },
  excluirNota: { dados: { id: um('nota') } },

  editarFunil: { dados: { id: um('funil'), versao: 1, nome: 'Outro' } },
  excluirFunil: { dados: { id: um('funil') } },
  reativarFunil: { id: um('funilExcluido') },
  criarEtapaFunil: { dados: { funilId: um('funil'), nome: 'Etapa', probabilidade: 20 } },
  editarEtapaFunil: { dados: { id: um('etapa'), versao: 1, nome: 'Outra', probabilidade: 20 } },
  moverEtapaFunil: { dados: { id: um('etapa'), aposId: um('outraEtapa') } },
  excluirEtapaFunil: { dados: { id: um('etapa') } },
  reativarEtapaFunil: { id: um('etapaExcluida') },
  editarMotivoPerda: { dados: { id: um('motivo'), versao: 1, nome: 'Outro' } },
  excluirMotivoPerda: { dados: { id: um('motivo') } },
  reativarMotivoPerda: { id: um('motivoExcluido') },
  criarOportunidade: {
    dados: {
      titulo: 'Venda',
      clienteId: um('cliente'),
      funilId: um('funil'),
      etapaId: um('etapa'),
      responsavelId: um('responsavel'),
      valor: { centavos: 1 },
    },
  },
  editarOportunidade: {
    dados: { id: um('oportunidade'), versao: 1, titulo: 'Outra', responsavelId: um('responsavel') },
  },
  moverOportunidade: {
    dados: { id: um('oportunidade'), etapaId: um('outraEtapa'), aposId: um('vizinha') },
  },
  ganharOportunidade: { dados: { id: um('oportunidade') } },
  perderOportunidade: { dados: { id: um('oportunidade'), motivoPerdaId: um('motivo') } },
  reabrirOportunidade: { id: um('oportunidadeGanha') },
  excluirOportunidade: { dados: { id: um('oportunidade') } },
  reativarOportunidade: { id: um('oportunidadeExcluida') },

  editarUnidade: { dados: { id: um('unidade'), versao: 1, nome: 'Outra' } },
  excluirUnidade: { dados: { id: um('unidade') } },
  reativarUnidade: { id: um('unidadeExcluida') },
  editarEquipe: { dados: { id: um('equipe'), versao: 1, nome: 'Outra' } },
  excluirEquipe: { dados: { id: um('equipe') } },
  reativarEquipe: { id: um('equipeExcluida') },
  adicionarMembroDaEquipe: { dados: { equipeId: um('equipe'), usuarioId: um('usuario') } },
  removerMembroDaEquipe: { dados: { equipeId: um('equipe'), usuarioId: um('naEquipe') } },

  alterarPerfisDoMembro: { dados: { membroId: um('membro'), perfilIds: [um('perfil')] } },
  desativarMembro: { dados: { membroId: um('membro') } },
  reativarMembro: { dados: { membroId: um('membroInativo') } },
  encerrarSessoesDoMembro: { dados: { membroId: um('membro') } },
  editarPerfil: {
    dados: { id: um('perfil'), versao: 1, nome: 'Outro', concessoes: [{ permissao: 'vendas:ler' }] },
  },
  excluirPerfil: { dados: { id: um('perfil') } },
  convidarUsuario: { dados: { email: 'convidada@exemplo.com', perfilIds: [um('perfil')] } },
  cancelarConvite: { dados: { conviteId: um('convite') } },
  reenviarConvite: { dados: { conviteId: um('convite') } },
  encerrarSessao: { dados: { id: um('sessao') } },
  trocarOrganizacao: { dados: { organizacaoId: um('outraOrganizacao') } },

  reprocessarEventoDeClientes: { dados: { id: um('eventoDeClientes') } },
  reprocessarEventoDeUsuarios: { dados: { id: um('eventoDeUsuarios') } },
  reprocessarEventoDeVendas: { dados: { id: um('eventoDeVendas') } },
};

type Path = readonly string[];

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !(value instanceof Named) ? Object.entries(value) : [];

const namedIn = (value: unknown, path: Path = []): [Path, Kind][] =>
  value instanceof Named
    ? [[path, value.kind]]
    : entriesOf(value).flatMap(([key, inner]) => namedIn(inner, [...path, key]));

const slotAt = (path: Path): string => path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.');

/** What of the graph the requests do not cover, and what of them is not in the graph, each with what to do. */
export const uncovered = (): string[] => {
  const where = 'router/testing/matrix/requests.ts';
  const known = new Set(rootFields.map(({ field }) => field.name));
  return [
    ...rootFields.flatMap(({ field }) => {
      const { name } = field;
      const slots = slotsOf(field);
      const named = new Set(namedIn(requests[name]).map(([path]) => slotAt(path)));
      return [
        ...slots
          .filter((slot) => !named.has(slot))
          .map((slot) => `${name} takes an id at ${slot}: say in ${where} what it names, as um('…')`),
        ...[...named]
          .filter((slot) => !slots.includes(slot))
          .map((slot) => `${name} takes no id at ${slot}: remove it from ${where}`),
      ];
    }),
    ...Object.keys(requests)
      .filter((name) => !known.has(name))
      .map((name) => `there is no root field ${name}: remove it from ${where}`),
  ];
};

const filled = (value: unknown, ids: ReadonlyMap<string, unknown>, path: Path = []): unknown => {
  if (value instanceof Named) return ids.get(path.join('.'));
  if (Array.isArray(value)) return value.map((item, i) => filled(item, ids, [...path, String(i)]));
  const entries = entriesOf(value);
  if (entries.length === 0) return value;
  return Object.fromEntries(entries.map(([key, inner]) => [key, filled(inner, ids, [...path, key])]));
};

/** The arguments with another value at a path; for an item of a list, alone, behind and before the one it stands for. */
const replacedAt = (value: unknown, [key, ...rest]: Path, by: unknown): unknown[] => {
  if (key === undefined) return [by];
  if (Array.isArray(value)) return [[by], [...value, by], [by, ...value]];
  return replacedAt((value as Record<string, unknown>)[key], rest, by).map((inner) => ({
    ...(value as object),
    [key]: inner,
  }));
};

/** Where the arguments of a root field name something, and of what kind. */
export const namesOf = ({ field }: RootField) =>
  namedIn(requests[field.name]).map(([path, kind]) => ({ path: path.join('.'), kind }));

/** Arguments that a root field accepts, of things that are there. */
export const argsFor = async ({ field }: RootField, coisas: Coisas): Promise<object> => {
  const template = requests[field.name];
  if (!template) return leastArgs(field);
  const ids = new Map<string, string>();
  for (const [path, kind] of namedIn(template)) ids.set(path.join('.'), await coisas.um(kind));
  return filled(template, ids) as object;
};

/** The same arguments with another id at one place, in every way in which it can stand there. */
export const withId = (args: object, path: string, id: string): object[] =>
  replacedAt(args, path.split('.'), id) as object[];
