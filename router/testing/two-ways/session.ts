import type { Mailbox } from '../../../platform/testing/mailbox';
import { conta } from './session-conta';
import { convites } from './session-convites';
import { direitos } from './session-direitos';
import { arranjo } from './session-organizacao';

const senha = 'uma senha comprida';

/** What earlier steps answered, by the name under which they are kept. */
// biome-ignore lint/suspicious/noExplicitAny: each step knows what an earlier one has answered
export type Memory = Record<string, any>;

export type Step = {
  readonly operation: string;
  /** Who asks: somebody kept as a session, or nobody. */
  readonly as?: 'ana' | 'bia' | 'caio';
  readonly variables?: (memory: Memory, mailbox: Mailbox) => object | Promise<object>;
  /** The name under which the answered field is kept. */
  readonly keep?: string;
  /** Needs nobody signed in, so that there is nobody to be refused. */
  readonly isPublic?: boolean;
  /** Needs no permission, so that there is nobody with too few of them; done once, it cannot be done again. */
  readonly needsNoPermission?: boolean;
};

const registrar = (nome: 'ana' | 'bia', organizacao: string): readonly Step[] => [
  {
    operation: 'RegistrarOrganizacao',
    variables: () => ({ dados: { organizacao, nome, email: `${nome}@exemplo.com` } }),
    isPublic: true,
  },
  {
    operation: 'ConfirmarEmail',
    variables: async (_, mailbox) => {
      const token = await mailbox.nextToken(`${nome}@exemplo.com`, 'confirmar-email');
      return { dados: { token, senha } };
    },
    keep: nome,
    isPublic: true,
  },
];

const cliente = (nome: string, keep: string): Step => ({
  operation: 'CriarCliente',
  as: 'ana',
  variables: ({ ana }) => ({
    dados: {
      tipo: 'FISICA',
      nome,
      emails: [`${keep}@exemplo.com`],
      telefones: ['(11) 98765-4321'],
      etiquetas: ['vip', 'São Paulo'],
      dataNascimento: '1980-02-29',
      responsavelId: ana.usuario.id,
    },
  }),
  keep,
});

const oportunidade = (titulo: string, centavos: number, keep: string): Step => ({
  operation: 'CriarOportunidade',
  as: 'ana',
  variables: ({ ana, joao, funil }) => ({
    dados: {
      titulo,
      clienteId: joao.id,
      funilId: funil.id,
      responsavelId: ana.usuario.id,
      previsaoFechamento: '2026-12-24',
      valor: { centavos, moeda: 'BRL' },
    },
  }),
  keep,
});

/** A working day that uses every committed operation, each at least once so that it succeeds. */
export const session: readonly Step[] = [
  ...registrar('ana', 'Padaria São João'),
  ...registrar('bia', 'Oficina & Cia. <script>'),
  {
    operation: 'Entrar',
    variables: () => ({ dados: { email: 'ANA@exemplo.com', senha } }),
    keep: 'ana',
    isPublic: true,
  },
  { operation: 'Eu', as: 'ana' },
  {
    operation: 'RenovarSessao',
    variables: ({ ana }) => ({ dados: { tokenRenovacao: ana.tokenRenovacao } }),
    keep: 'ana',
    isPublic: true,
  },
  cliente('João da Silva', 'joao'),
  cliente('Zoë 🐟 “aspas” \\ "x"', 'zoe'),
  {
    operation: 'EditarCliente',
    as: 'ana',
    variables: ({ joao }) => ({
      dados: { id: joao.id, versao: joao.versao, nome: 'João da Silva Filho', documento: '529.982.247-25' },
    }),
    keep: 'joao',
  },
  {
    operation: 'CriarFunil',
    as: 'ana',
    variables: () => ({
      dados: {
        nome: 'Vendas',
        etapas: [
          { nome: 'Contato', probabilidade: 10 },
          { nome: 'Proposta', probabilidade: 50 },
        ],
      },
    }),
    keep: 'funil',
  },
  { operation: 'Funis', as: 'ana' },
  {
    operation: 'CriarMotivoPerda',
    as: 'ana',
    variables: () => ({ dados: { nome: 'Preço' } }),
    keep: 'motivo',
  },
  oportunidade('Primeira', 19_90, 'primeira'),
  oportunidade('Segunda', 2 ** 40, 'segunda'),
  {
    operation: 'MoverOportunidade',
    as: 'ana',
    variables: ({ primeira, funil }) => ({ dados: { id: primeira.id, etapaId: funil.etapas[1].id } }),
  },
  { operation: 'Oportunidades', as: 'ana', variables: () => ({ first: 1 }), keep: 'pagina' },
  {
    operation: 'Oportunidades',
    as: 'ana',
    variables: ({ pagina, joao }) => ({
      first: 5,
      after: pagina.pageInfo.endCursor,
      filtro: { ativo: true, clienteId: joao.id },
      ordem: 'CRIADA_EM_DESC',
    }),
  },
  {
    operation: 'GanharOportunidade',
    as: 'ana',
    variables: ({ primeira }) => ({ dados: { id: primeira.id } }),
  },
  {
    operation: 'PerderOportunidade',
    as: 'ana',
    variables: ({ segunda, motivo }) => ({ dados: { id: segunda.id, motivoPerdaId: motivo.id } }),
  },
  { operation: 'ClienteCompleto', as: 'ana', variables: ({ joao }) => ({ id: joao.id }) },
  { operation: 'ClientesComOportunidades', as: 'ana' },
  {
    operation: 'Clientes',
    as: 'ana',
    variables: () => ({ first: 1, filtro: { busca: 'joao si', ativo: true }, ordem: 'NOME_DESC' }),
  },
  {
    operation: 'ExcluirCliente',
    as: 'ana',
    variables: ({ zoe }) => ({ dados: { id: zoe.id, definitivo: true } }),
  },
  ...arranjo,
  ...convites,
  ...direitos,
  {
    operation: 'Auditoria',
    as: 'ana',
    variables: ({ ana }) => ({ first: 5, filtro: { usuarioId: ana.usuario.id, acao: 'cliente.criar' } }),
  },
  {
    operation: 'VerificarAuditoria',
    as: 'ana',
    variables: () => ({ dados: { desdeNumero: 1, seloConhecido: { numero: 1, hash: 'ab'.repeat(32) } } }),
  },
  ...conta,
  { operation: 'Sair', as: 'ana' },
];
