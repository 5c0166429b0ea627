import type { Memory, Step } from './session';

const senha = 'outra senha do caio';
const senhaNova = 'mais uma senha do caio';

const entrar = (senha: string, keep: string): Step => ({
  operation: 'Entrar',
  variables: () => ({ dados: { email: 'caio@exemplo.com', senha } }),
  keep,
  isPublic: true,
});

const comoCaio = (operation: string, variables?: (memory: Memory) => object, keep?: string): Step => ({
  operation,
  as: 'caio',
  variables,
  keep,
  needsNoPermission: true,
});

/** Caio has an organization of his own as well, which he leaves to Ana. */
const outraOrganizacao: readonly Step[] = [
  {
    operation: 'RegistrarOrganizacao',
    variables: () => ({ dados: { organizacao: 'Confeitaria', nome: 'caio', email: 'caio@exemplo.com' } }),
    isPublic: true,
  },
  {
    operation: 'ConfirmarEmail',
    variables: async (_, mailbox) => {
      const token = await mailbox.nextToken('caio@exemplo.com', 'confirmar-email');
      return { dados: { token, senha } };
    },
    keep: 'caio',
    isPublic: true,
  },
  { operation: 'Eu', as: 'caio', keep: 'euDeCaio' },
  {
    operation: 'ConvidarUsuario',
    as: 'caio',
    variables: ({ euDeCaio }) => ({
      dados: { email: 'ana@exemplo.com', perfilIds: [euDeCaio.membro.perfis[0].id] },
    }),
  },
  {
    operation: 'AceitarConvite',
    variables: async (_, mailbox) => {
      const token = await mailbox.nextToken('ana@exemplo.com', 'aceitar-convite');
      return { dados: { token, nome: 'Ana', senha: 'uma senha comprida' } };
    },
    isPublic: true,
  },
];

/** Somebody sees to their own sessions, password and account; it needs Caio, who was invited. */
export const conta: readonly Step[] = [
  ...outraOrganizacao,
  entrar(senha, 'outra'),
  entrar(senha, 'caio'),
  comoCaio('Sessoes', undefined, 'sessoes'),
  comoCaio('MinhasOrganizacoes', undefined, 'minhas'),
  comoCaio('EncerrarSessao', ({ sessoes }) => ({
    dados: { id: sessoes.find(({ atual }: { atual: boolean }) => !atual).id },
  })),
  comoCaio(
    'TrocarOrganizacao',
    ({ minhas }) => ({
      dados: { organizacaoId: minhas.find(({ atual }: { atual: boolean }) => !atual).id },
    }),
    'caio',
  ),
  comoCaio('TrocarSenha', () => ({ dados: { senhaAtual: senha, senhaNova } })),
  {
    operation: 'RenovarSessao',
    variables: ({ caio }) => ({ dados: { tokenRenovacao: caio.tokenRenovacao } }),
    keep: 'caio',
    isPublic: true,
  },
  comoCaio('SairDeTodas'),
  entrar(senhaNova, 'caio'),
  comoCaio('DesativarConta', () => ({ dados: { senha: senhaNova } })),
];
