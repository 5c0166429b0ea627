import type { Identity } from '../identidade/context';

type Recusa = {
  /** What happened: that somebody was not let in, unless it says something else. */
  readonly acao?: 'sessao.recusar' | 'sessao.bloquear' | 'conta.recusar';
  /** As whom somebody came. */
  readonly usuarioId: string;
  /** Where the person is, or would have entered. */
  readonly organizacaoId: string;
  /** In which session of the person it happened; none while nobody has signed in. */
  readonly sessaoId?: string;
};

/**
 * Audits that somebody was taken for nobody they said they are, as far as they said a person who is known. Who has not
 * signed in is not the author of it: the record names the person as what it is about.
 */
export const registrarRecusa = (
  { unitOfWorkWithTokens }: Pick<Identity, 'unitOfWorkWithTokens'>,
  { acao = 'sessao.recusar', usuarioId, organizacaoId, sessaoId }: Recusa,
): Promise<void> => {
  const author = { organizacaoId, usuarioId: sessaoId ? usuarioId : null, sessaoId: sessaoId ?? null };
  return unitOfWorkWithTokens(author, async ({ record }) => {
    record({ acao, entidade: 'Usuario', id: usuarioId, campos: [] });
  });
};

/** Audits that an account lets nobody try for a while, where the person would have entered; nobody's is not audited. */
export const registrarBloqueio = async (
  identity: Pick<Identity, 'run' | 'unitOfWorkWithTokens'>,
  email: string,
): Promise<void> => {
  const pessoa = await identity.run(({ credencialPorEmail }) => credencialPorEmail(email));
  if (!pessoa?.organizacaoId) return;
  const { usuarioId, organizacaoId } = pessoa;
  await registrarRecusa(identity, { acao: 'sessao.bloquear', usuarioId, organizacaoId });
};
