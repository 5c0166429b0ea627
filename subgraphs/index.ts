import type { Subgraph } from '../platform/subgraph/define-subgraph';

/** Every subgraph of Teia, loaded when it is needed: the only list of them. */
export const subgraphs: Readonly<Record<string, () => Promise<{ readonly default: Subgraph }>>> = {
  clientes: () => import('./clientes'),
  usuarios: () => import('./usuarios'),
  vendas: () => import('./vendas'),
};
