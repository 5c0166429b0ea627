import type { Environment } from '../../../platform/environment';
import type { IdentityTransaction } from '../identidade/context';
import type { ConviteGravado } from './convite.repository';

type Envio = Pick<ConviteGravado, 'id' | 'email' | 'expiraEm'> & {
  readonly organizacaoId: string;
  readonly agora: Date;
};

/** Has an invitation sent once the transaction is committed. */
export const mandarConvite = (
  { confirmacoes }: Pick<IdentityTransaction, 'confirmacoes'>,
  { id: conviteId, email, expiraEm, organizacaoId: conviteOrganizacaoId, agora: criadaEm }: Envio,
  { novoId }: Pick<Environment, 'novoId'>,
): Promise<void> =>
  confirmacoes.inserir({
    tipo: 'CONVITE',
    id: novoId(),
    email,
    conviteId,
    conviteOrganizacaoId,
    criadaEm,
    expiraEm,
  });
