import { ConfigError } from '../config';

const reasons: Readonly<Record<string, string>> = {
  '3D000': 'a base não existe; prepare-a com npm run migrate e DATABASE_ADMIN_URL',
  '28P01': 'usuário ou senha recusados',
  '28000': 'usuário recusado',
  ECONNREFUSED: 'ninguém atende neste endereço',
  ENOTFOUND: 'o servidor não existe',
  '42501': 'o usuário não tem as permissões necessárias',
  '53300': 'o servidor não aceita mais conexões',
};

/** Of the network (ECONNRESET, ETIMEDOUT, …), or SQLSTATE class 08. */
const isConnectionFailure = (code: string): boolean => /^E[A-Z_]+$|^08/.test(code);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** @throws ConfigError naming the variable when the database cannot be used as it is. */
export const explainConnection = async <Result>(
  variable: string,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = codeOf(error);
    const reason =
      reasons[code] ?? (isConnectionFailure(code) && `não foi possível usar o servidor (${code})`);
    throw reason ? new ConfigError(`${variable}: ${reason}.`) : error;
  }
};
