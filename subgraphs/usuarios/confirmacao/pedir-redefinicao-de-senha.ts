import { type DependenciasDoPedido, pedirConfirmacao } from './pedir-confirmacao';

/**
 * Has somebody who forgot the password sent a token by which to choose another. It is always true: whether there is
 * such a person only their mailbox tells.
 *
 * @throws CodedError RATE_LIMITED, SUBGRAPH_UNAVAILABLE when nobody can count.
 */
export const pedirRedefinicaoDeSenha = async (
  dependencies: DependenciasDoPedido,
  email: string,
): Promise<true> => {
  await pedirConfirmacao(dependencies, { tipo: 'SENHA', email });
  return true;
};
