import { tidy } from '../../../platform/text';
import { type DependenciasDoPedido, pedirConfirmacao } from '../confirmacao/pedir-confirmacao';
import type { PedidoDeRegistro, RegistrarOrganizacaoInput } from './organizacao.type';

/**
 * Takes down that somebody wants to register an organization; it is founded when the e-mail is confirmed. Until then
 * there is no password, so that nobody can choose one for an address that is somebody else's.
 *
 * @throws CodedError RATE_LIMITED, SUBGRAPH_UNAVAILABLE when nobody can count.
 */
export const registrarOrganizacao = async (
  dependencies: DependenciasDoPedido,
  { organizacao, nome, email }: RegistrarOrganizacaoInput,
): Promise<PedidoDeRegistro> => {
  const expiraEm = await pedirConfirmacao(dependencies, {
    tipo: 'REGISTRO',
    email,
    organizacao: tidy(organizacao),
    nome: tidy(nome),
  });
  return { expiraEm };
};
