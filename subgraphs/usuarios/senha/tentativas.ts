import type { RequestInfo } from '../../../platform/caller';
import type { Limit, Limits } from '../../../platform/limits/limits';
import { networkOf } from '../../../platform/limits/network-of';

const fifteenMinutes = 15 * 60;

/** By the e-mail of a person, whether there is one or not, and from where somebody tries: a stranger locks nobody else. */
const porContaDaqui: Limit = { name: 'conta-daqui', attempts: 10, window: fifteenMinutes };
/** By the e-mail alone, for those who try from many places. */
const porConta: Limit = { name: 'conta', attempts: 50, window: fifteenMinutes };
/** By the address from where somebody tries. */
const porEndereco: Limit = { name: 'endereco', attempts: 100, window: fifteenMinutes };

type Dependencies = {
  readonly limits: Limits;
  readonly info: RequestInfo;
  /** Audits, after the answer, that an account is locked, from somewhere or everywhere, if it is somebody's. */
  readonly registrarBloqueio: (conta: string) => void;
};

const daqui = (conta: string, { ip }: RequestInfo): string => `${conta} ${networkOf(ip)}`;

/** Forgives an account the failed attempts, together from everywhere and by themselves from here. */
export const perdoarConta = async (limits: Limits, conta: string, info: RequestInfo): Promise<void> => {
  await Promise.all([
    limits.forgive(porContaDaqui, daqui(conta, info), 'all'),
    limits.forgive(porConta, conta, 'all'),
  ]);
};

/**
 * Does what proves who somebody is, by a password or by a token that was sent, as one of few attempts. It is counted
 * before it is made, each alias of a request by itself; success forgives the account its failed ones from everywhere,
 * and the address this one.
 *
 * @param conta the e-mail of the account whose password is tried; null while a token alone says whose it is.
 * @throws CodedError RATE_LIMITED when there were too many, SUBGRAPH_UNAVAILABLE when nobody can count; what `work` throws.
 */
export const comTentativa = async <Result>(
  { limits, info, registrarBloqueio }: Dependencies,
  conta: string | null,
  work: () => Promise<Result>,
): Promise<Result> => {
  const endereco = networkOf(info.ip);
  // In this order an address that tried too much locks no more accounts, nor one that tried an account too often the rest
  // of the world.
  await limits.attempt(porEndereco, endereco);
  if (conta !== null) {
    const bloqueada = () => registrarBloqueio(conta);
    await limits.attempt(porContaDaqui, daqui(conta, info), bloqueada);
    await limits.attempt(porConta, conta, bloqueada);
  }
  const result = await work();
  const forgiven = [limits.forgive(porEndereco, endereco, 'one')];
  if (conta !== null) forgiven.push(perdoarConta(limits, conta, info));
  await Promise.all(forgiven);
  return result;
};
