/** Prisma's code of a unique constraint violation. */
const uniqueViolation = 'P2002';

/** Prisma's code of a transaction that found no connection in time, or was not done in time. */
const transactionTimeout = 'P2028';

/** Prisma's name for a deadlock, whichever code the error around it has. */
const writeConflict = 'TransactionWriteConflict';

/** Prisma's codes of a server that it could not reach, that did not answer, or that closed the connection. */
const unreachable = ['P1001', 'P1002', 'P1008', 'P1017'];

/** PostgreSQL's codes of a server that ends, has crashed, starts, or has no connection left. */
const awaySqlStates = ['57P01', '57P02', '57P03', '53300'];

/** What `pg` and Prisma's adapter call the same, where there is no code. */
const awayKinds = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'];
const awayMessage =
  /^(Connection terminated|connection is closed|Client has encountered a connection error)/i;

type DriverMeta = {
  readonly driverAdapterError?: {
    readonly cause?: { readonly kind?: string; readonly originalCode?: string };
  };
};

const driverCause = (error: unknown) =>
  error instanceof Error
    ? (error as Error & { meta?: DriverMeta }).meta?.driverAdapterError?.cause
    : undefined;

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const noConnection = 'TEIA_NO_CONNECTION';

/** Of a pool that has no connection to give: Prisma keeps nothing of an error but a code and its message. */
export const noConnectionError = (): Error =>
  Object.assign(new Error('no connection was free in time'), { code: noConnection });

/** Whether a statement or transaction was not begun, or cut short, because the database has too much to do. */
export const isOverload = (error: unknown): boolean =>
  hasCode(error, transactionTimeout) || hasCode(error, noConnection);

/** Whether PostgreSQL ended a transaction because it and another waited for each other. */
export const isDeadlock = (error: unknown): boolean => driverCause(error)?.kind === writeConflict;

/** Whether the database was away, or went away; whether what was under way was done, nobody knows. */
export const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { kind = '', originalCode = '' } = driverCause(error) ?? {};
  const code = 'code' in error ? String(error.code) : '';
  return (
    unreachable.includes(code) ||
    [code, originalCode].some((state) => awaySqlStates.includes(state)) ||
    awayKinds.includes(kind) ||
    awayMessage.test(error.message)
  );
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
