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

/** Somebody sees to their own sessions, password and account; it needs Caio, who was invited. */
export const conta: readonly Step[] = [
  entrar(senha, 'outra'),
  entrar(senha, 'caio'),
  comoCaio('Sessoes', undefined, 'sessoes'),
  comoCaio('MinhasOrganizacoes', undefined, 'minhas'),
  comoCaio('EncerrarSessao', ({ sessoes }) => ({
    dados: { id: sessoes.find(({ atual }: { atual: boolean }) => !atual).id },
  })),
  comoCaio('TrocarOrganizacao', ({ minhas }) => ({ dados: { organizacaoId: minhas[0].id } }), 'caio'),
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
