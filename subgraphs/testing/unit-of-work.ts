import type { ChangeRecord, Outcome } from '../../platform/db/unit-of-work';

/**
 * A unit of work over repositories made of literals, and what was recorded in it.
 *
 * @param repositories only the methods that the use case calls.
 */
export const literalUnitOfWork = (repositories: object) => {
  const recorded: ChangeRecord[] = [];
  const unitOfWork = async <Result extends Outcome>(
    work: (transaction: never) => Promise<Result>,
    before?: () => Promise<unknown>,
  ): Promise<Result> => {
    await before?.();
    return work({ ...repositories, record: (change: ChangeRecord) => recorded.push(change) } as never);
  };
  return { unitOfWork, recorded };
};
