import type { Step } from './session';

const senha = 'a senha do caio';

const convidar = (email: string, keep: string): Step => ({
  operation: 'ConvidarUsuario',
  as: 'ana',
  variables: ({ eu }) => ({ dados: { email, perfilIds: [eu.membro.perfis[0].id] } }),
  keep,
});

/** People come by invitation, and forget their passwords. */
export const convites: readonly Step[] = [
  { operation: 'Eu', as: 'ana', keep: 'eu' },
  convidar('caio@exemplo.com', 'convite'),
  {
    operation: 'ReenviarConvite',
    as: 'ana',
    variables: ({ convite }) => ({ dados: { conviteId: convite.id } }),
  },
  {
    operation: 'AceitarConvite',
    variables: async (_, mailbox) => {
      const token = await mailbox.nextToken('caio@exemplo.com', 'aceitar-convite');
      return { dados: { token, nome: 'Caio', senha } };
    },
    isPublic: true,
  },
  convidar('dora@exemplo.com', 'cancelado'),
  {
    operation: 'CancelarConvite',
    as: 'ana',
    variables: ({ cancelado }) => ({ dados: { conviteId: cancelado.id } }),
  },
  { operation: 'Convites', as: 'ana', variables: () => ({ first: 1 }) },
  {
    operation: 'PedirRedefinicaoDeSenha',
    variables: () => ({ dados: { email: 'CAIO@exemplo.com' } }),
    isPublic: true,
  },
  {
    operation: 'RedefinirSenha',
    variables: async (_, mailbox) => {
      const token = await mailbox.nextToken('caio@exemplo.com', 'redefinir-senha');
      return { dados: { token, senha: 'outra senha do caio' } };
    },
    isPublic: true,
  },
];
