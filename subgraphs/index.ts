// TypeGraphQL's decorators need it before the first of them runs, in whichever subgraph is loaded first.
import 'reflect-metadata';
import type { Subgraph } from '../platform/subgraph/define-subgraph';

/** Every subgraph of Teia, loaded when it is needed: the only list of them. */
export const subgraphs: Readonly<Record<string, () => Promise<{ readonly default: Subgraph }>>> = {
  clientes: () => import('./clientes'),
  organizacoes: () => import('./organizacoes'),
  usuarios: () => import('./usuarios'),
  vendas: () => import('./vendas'),
};
