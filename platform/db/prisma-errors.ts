/** Prisma's code of a unique constraint violation. */
const uniqueViolation = 'P2002';

/** Prisma's code of a transaction that found no connection in time, or was not done in time. */
const transactionTimeout = 'P2028';

/** Prisma's name for a deadlock, whichever code the error around it has. */
const writeConflict = 'TransactionWriteConflict';

type DriverMeta = { readonly driverAdapterError?: { readonly cause?: { readonly kind?: string } } };

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Whether a transaction failed because the database has too much to do. */
export const isOverload = (error: unknown): boolean => hasCode(error, transactionTimeout);

/** Whether PostgreSQL ended a transaction because it and another waited for each other. */
export const isDeadlock = (error: unknown): boolean => {
  const { meta } = error instanceof Error ? (error as Error & { meta?: DriverMeta }) : {};
  return meta?.driverAdapterError?.cause?.kind === writeConflict;
};

/** Turns a unique constraint violation into the error that says so to the client. */
export const onDuplicate = async <Result>(
  write: Promise<Result>,
  duplicate: () => Error,
): Promise<Result> => {
  try {
    return await write;
  } catch (error) {
    throw hasCode(error, uniqueViolation) ? duplicate() : error;
  }
};
