import type { Perfil } from '../membro/membro.type';

/** An active person's active tie to an organization: for what a session is good. */
export type Vinculo = {
  readonly usuarioId: string;
  readonly organizacaoId: string;
  readonly perfil: Perfil;
};
