import type { UsuariosContext } from '../context';
import type { IdentityTransaction } from '../identidade/context';
import { comTentativa } from '../senha/tentativas';
import type { Confirmada, TipoDeConfirmacao } from './confirmacao.repository';
import { hashDoTokenDeEmail, tokenDeEmailInvalido } from './token-de-email';

type Dependencies = Pick<
  UsuariosContext,
  'identity' | 'environment' | 'info' | 'limits' | 'registrarBloqueio'
>;

export type TokenLido = Confirmada & {
  /**
   * Uses it up in the transaction of what it confirms: of several at once, one goes on.
   *
   * @throws CodedError UNAUTHENTICATED for all others.
   */
  readonly usar: (transaction: Pick<IdentityTransaction, 'confirmacoes'>) => Promise<void>;
};

/**
 * What a token that was sent by e-mail confirms. It stays good until it is used up.
 *
 * @throws CodedError UNAUTHENTICATED with motivo TOKEN_DE_EMAIL_INVALIDO, whatever is wrong with it; RATE_LIMITED.
 */
export const lerToken = async (
  dependencies: Dependencies,
  tipo: TipoDeConfirmacao,
  token: string,
): Promise<TokenLido> => {
  const { identity, environment } = dependencies;
  const tokenHash = hashDoTokenDeEmail(token);
  const confirmada = await comTentativa(dependencies, null, async () => {
    const found = await identity.run(({ confirmacoes }) =>
      confirmacoes.porToken({ tipo, tokenHash, agora: environment.agora() }),
    );
    if (!found) throw tokenDeEmailInvalido();
    return found;
  });
  return {
    ...confirmada,
    usar: async ({ confirmacoes }) => {
      const usado = await confirmacoes.usar({ tipo, tokenHash, agora: environment.agora() });
      if (!usado) throw tokenDeEmailInvalido();
    },
  };
};
