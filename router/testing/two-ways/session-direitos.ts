import type { Memory, Step } from './session';

const comoAna = (operation: string, variables?: (memory: Memory) => object, keep?: string): Step => ({
  operation,
  as: 'ana',
  variables,
  keep,
});

/** Who came last: somebody other than Ana. */
const novato = ({ membros }: Memory): string => membros.edges.at(-1).node.id;

/** How it is decided what somebody may do; it needs somebody who was invited. */
export const direitos: readonly Step[] = [
  comoAna('Organizacao'),
  comoAna('Permissoes'),
  comoAna('Perfis', undefined, 'perfis'),
  comoAna('Membros', () => ({ first: 10 }), 'membros'),
  comoAna(
    'CriarPerfil',
    () => ({
      dados: { nome: 'Balcão “noite” 🌙', concessoes: [{ permissao: 'clientes:ler', alcance: 'EQUIPE' }] },
    }),
    'perfil',
  ),
  comoAna(
    'EditarPerfil',
    ({ perfil }) => ({
      dados: {
        id: perfil.id,
        versao: perfil.versao,
        nome: 'Balcão',
        concessoes: [{ permissao: 'vendas:ler', alcance: 'PROPRIOS' }],
      },
    }),
    'perfil',
  ),
  comoAna('AlterarPerfisDoMembro', (memory) => ({
    dados: { membroId: novato(memory), perfilIds: [memory.perfil.id] },
  })),
  comoAna('EncerrarSessoesDoMembro', (memory) => ({ dados: { membroId: novato(memory) } })),
  comoAna('DesativarMembro', (memory) => ({ dados: { membroId: novato(memory) } })),
  comoAna('ReativarMembro', (memory) => ({ dados: { membroId: novato(memory) } })),
  comoAna(
    'CriarPerfil',
    () => ({ dados: { nome: 'Passageiro', concessoes: [{ permissao: 'clientes:ler', alcance: 'TODOS' }] } }),
    'passageiro',
  ),
  comoAna('ExcluirPerfil', ({ passageiro }) => ({ dados: { id: passageiro.id } })),
];
