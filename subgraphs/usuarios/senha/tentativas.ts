import type { RequestInfo } from '../../../platform/caller';
import type { Limit, Limits } from '../../../platform/limits/limits';
import { networkOf } from '../../../platform/limits/network-of';

const fifteenMinutes = 15 * 60;

/** By the e-mail of a person, whether there is one or not. */
export const porConta: Limit = { name: 'conta', attempts: 10, window: fifteenMinutes };
/** By the address from where somebody tries. */
export const porEndereco: Limit = { name: 'endereco', attempts: 100, window: fifteenMinutes };

type Dependencies = {
  readonly limits: Limits;
  readonly info: RequestInfo;
  /** Audits, after the answer, that an account is locked, if it is somebody's. */
  readonly registrarBloqueio: (conta: string) => void;
};

/**
 * Does what proves who somebody is, by a password or by a token that was sent, as one of few attempts. It is counted
 * before it is made, each alias of a request by itself; success forgives the account its failed ones, and the address
 * this one.
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
  // First: an address that tried too much locks no more accounts.
  await limits.attempt(porEndereco, endereco);
  if (conta !== null) await limits.attempt(porConta, conta, () => registrarBloqueio(conta));
  const result = await work();
  const forgiven = [limits.forgive(porEndereco, endereco, 'one')];
  if (conta !== null) forgiven.push(limits.forgive(porConta, conta, 'all'));
  await Promise.all(forgiven);
  return result;
};
