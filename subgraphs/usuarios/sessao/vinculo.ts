import type { Permissoes } from '../../../platform/permissions';

/** An active person's active tie to an organization, and what a token for it may say. */
export type Vinculo = {
  readonly usuarioId: string;
  readonly organizacaoId: string;
  /** What the person's perfis grant together. */
  readonly permissoes: Permissoes;
  /** Ids of the equipes in which the person is. */
  readonly equipes: readonly string[];
};
