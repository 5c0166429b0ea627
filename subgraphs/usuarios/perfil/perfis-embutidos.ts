import { type Alcance, type Permissoes, permissionNames } from '../../../platform/permissions';

/** The perfis that every organization has: what they grant stands here, not in the database, and grows with the program. */
export const PerfilEmbutido = {
  ADMINISTRADOR: 'ADMINISTRADOR',
  GERENTE: 'GERENTE',
  VENDEDOR: 'VENDEDOR',
  ATENDENTE: 'ATENDENTE',
  FINANCEIRO: 'FINANCEIRO',
  LEITURA: 'LEITURA',
} as const;
export type PerfilEmbutido = keyof typeof PerfilEmbutido;

type Embutido = { readonly nome: string; readonly permissoes: Permissoes };

const deTodos = { 'usuarios:ler': 'TODOS', 'organizacao:ler': 'TODOS' } as const;
const lerTudo = { ...deTodos, 'clientes:ler': 'TODOS', 'vendas:ler': 'TODOS' } as const;

export const perfisEmbutidos: Readonly<Record<PerfilEmbutido, Embutido>> = {
  ADMINISTRADOR: {
    nome: 'Administrador',
    permissoes: Object.fromEntries(permissionNames.map((name): [string, Alcance] => [name, 'TODOS'])),
  },
  GERENTE: {
    nome: 'Gerente',
    permissoes: {
      ...lerTudo,
      'usuarios:convidar': 'TODOS',
      'equipes:administrar': 'TODOS',
      'clientes:verDocumento': 'TODOS',
      'clientes:escrever': 'TODOS',
      'clientes:excluir': 'TODOS',
      'vendas:escrever': 'TODOS',
      'vendas:excluir': 'TODOS',
      'vendas:configurar': 'TODOS',
    },
  },
  VENDEDOR: {
    nome: 'Vendedor',
    permissoes: {
      ...deTodos,
      'clientes:ler': 'PROPRIOS',
      'clientes:verDocumento': 'PROPRIOS',
      'clientes:escrever': 'PROPRIOS',
      'vendas:ler': 'PROPRIOS',
      'vendas:escrever': 'PROPRIOS',
    },
  },
  ATENDENTE: { nome: 'Atendente', permissoes: { ...lerTudo, 'clientes:escrever': 'TODOS' } },
  FINANCEIRO: { nome: 'Financeiro', permissoes: { ...lerTudo, 'clientes:verDocumento': 'TODOS' } },
  LEITURA: { nome: 'Leitura', permissoes: lerTudo },
};
