/**
 * Awaits checks that run at the same time. Which error is thrown when several fail does not depend on which is the
 * fastest: it is that of the first in the list.
 */
export const checkTogether = async (checks: readonly Promise<unknown>[]): Promise<void> => {
  const settled = await Promise.allSettled(checks);
  const failed = settled.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
};
