import type { AuthorOrSystem, ChangeRecord } from '../../../platform/db/unit-of-work';
import { literalUnitOfWork } from '../../testing/unit-of-work';
import type { Identity, IdentityTransaction } from '../identidade/context';
import type { IdentidadeRepository } from '../identidade/identidade.repository';

/**
 * The scope of identity over repositories made of literals, with what was recorded in it and by whom.
 *
 * @param identidade only the methods that the use case calls, as `repositories` of the other tables.
 */
export const literalIdentity = (identidade: Partial<IdentidadeRepository>, repositories: object = {}) => {
  const recordedIn: [string, ChangeRecord][] = [];
  const recordIn: IdentityTransaction['recordIn'] = async (organizacaoId, change) => {
    recordedIn.push([organizacaoId, change]);
  };
  const { unitOfWork, recorded } = literalUnitOfWork({ ...repositories, identidade, recordIn });
  const authors: AuthorOrSystem[] = [];
  const inIdentity: Identity['unitOfWork'] = (author, work) => {
    authors.push(author);
    return unitOfWork(work);
  };
  const identity: Identity = {
    run: (work) => work({ ...identidade, ...repositories } as never),
    unitOfWork: inIdentity,
    unitOfWorkWithTokens: inIdentity as never,
  };
  return { identity, recorded, recordedIn, authors };
};
