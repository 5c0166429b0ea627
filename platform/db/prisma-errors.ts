/** Prisma's code of a unique constraint violation. */
const uniqueViolation = 'P2002';

/** Turns a unique constraint violation into the error that says so to the client. */
export const onDuplicate = async <Result>(
  write: Promise<Result>,
  duplicate: () => Error,
): Promise<Result> => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) throw duplicate();
    throw error;
  }
};
