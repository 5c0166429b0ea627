import type { Author } from '../../../platform/db/unit-of-work';
import { literalUnitOfWork } from '../../testing/unit-of-work';
import type { Identity } from '../identidade/context';
import type { IdentidadeRepository } from '../identidade/identidade.repository';

/**
 * The scope of identity over repositories made of literals, with what was recorded in it and by whom.
 *
 * @param identidade only the methods that the use case calls, as `repositories` of the other tables.
 */
export const literalIdentity = (identidade: Partial<IdentidadeRepository>, repositories: object = {}) => {
  const { unitOfWork, recorded } = literalUnitOfWork({ ...repositories, identidade });
  const authors: Author[] = [];
  const inIdentity: Identity['unitOfWork'] = (author, work) => {
    authors.push(author);
    return unitOfWork(work);
  };
  const identity: Identity = {
    run: (work) => work(identidade as IdentidadeRepository),
    unitOfWork: inIdentity,
    unitOfWorkWithTokens: inIdentity,
  };
  return { identity, recorded, authors };
};
