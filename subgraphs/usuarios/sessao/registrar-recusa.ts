import type { Identity } from '../identidade/context';

type Conhecido = { readonly usuarioId: string; readonly organizacaoId: string };

/** Audits that somebody who is known was not let in, where they would have entered. */
export const registrarRecusa = (
  { unitOfWorkWithTokens }: Pick<Identity, 'unitOfWorkWithTokens'>,
  { usuarioId, organizacaoId }: Conhecido,
): Promise<void> =>
  unitOfWorkWithTokens({ usuarioId, organizacaoId, sessaoId: null }, async ({ record }) => {
    record({ acao: 'sessao.recusar', entidade: 'Usuario', id: usuarioId, campos: [] });
  });
