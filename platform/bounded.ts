/**
 * What a promise comes to, unless it takes too long.
 *
 * @throws Error naming `what` after `ms` milliseconds; the work itself goes on unobserved.
 */
export const bounded = async <Result>(what: string, ms: number, work: Promise<Result>): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
};
