import { CodedError } from '../../../platform/errors';
import type { Limit, Limits } from '../../../platform/limits/limits';
import { networkOf } from '../../../platform/limits/network-of';
import type { UsuariosContext } from '../context';
import type { Confirmavel, TipoDeConfirmacao } from './confirmacao.repository';
import { expiraEm } from './prazos';

const oneHour = 60 * 60;

/** Nobody's mailbox is filled by strangers. Each kind counts by itself, lest they keep a new password from somebody. */
const mensagensPorEmail: Limit = { name: 'mensagens-por-email', attempts: 5, window: oneHour };
/** More than one mailbox: people of an office come from one address. */
const pedidosPorEndereco: Limit = { name: 'pedidos-de-mensagem-por-endereco', attempts: 30, window: oneHour };

/**
 * Counts a message of a kind to an address, and whether it may still be sent. Who asks is not to be told: others may
 * have asked for the same address.
 *
 * @throws CodedError SUBGRAPH_UNAVAILABLE when nobody can count.
 */
export const podeEscreverPara = async (
  limits: Limits,
  tipo: TipoDeConfirmacao,
  email: string,
): Promise<boolean> => {
  try {
    await limits.attempt(mensagensPorEmail, `${tipo} ${email}`);
    return true;
  } catch (error) {
    if (error instanceof CodedError && error.code === 'RATE_LIMITED') return false;
    throw error;
  }
};

export type DependenciasDoPedido = Pick<
  UsuariosContext,
  'identity' | 'environment' | 'info' | 'limits' | 'avisarCorreio'
>;

/**
 * Has a token sent to an address, for somebody who did not sign in. Whether the address is somebody's is not looked at
 * here: the same is counted and one row written, whatever it is.
 *
 * @returns until when the token will be good.
 * @throws CodedError RATE_LIMITED after too many requests from one network, SUBGRAPH_UNAVAILABLE when nobody can count.
 */
export const pedirConfirmacao = async (
  { identity, environment, info, limits, avisarCorreio }: DependenciasDoPedido,
  pedido: Confirmavel & { readonly email: string },
): Promise<Date> => {
  await limits.attempt(pedidosPorEndereco, networkOf(info.ip));
  const criadaEm = environment.agora();
  const confirmacao = {
    ...pedido,
    id: environment.novoId(),
    criadaEm,
    expiraEm: expiraEm(pedido.tipo, criadaEm),
  };
  if (await podeEscreverPara(limits, pedido.tipo, pedido.email)) {
    await identity.run(({ confirmacoes }) => confirmacoes.inserir(confirmacao));
    avisarCorreio();
  }
  return confirmacao.expiraEm;
};
