import { z } from 'zod';
import { readJanela } from '../limits/janela';

/** How often one person, or one address of people who did not sign in, may ask the router. */
export type UsageLimit = {
  readonly max: number;
  readonly windowMs: number;
};

const off = 'sem-limite';

const readUsageLimit = (given: string): UsageLimit | null => {
  const [max = '', janela = '', ...rest] = given.split('/');
  const windowMs = readJanela(janela);
  return /^[1-9]\d{0,8}$/.test(max) && windowMs !== null && rest.length === 0
    ? { max: Number(max), windowMs }
    : null;
};

export const usageLimitSettings = {
  /** Null where nobody counts, neither this nor what fields declare. */
  TEIA_LIMITE_USO: z
    .string()
    .trim()
    .default('1000/1m')
    .refine((given) => given === off || readUsageLimit(given) !== null, {
      error: `deve ser um número de pedidos por janela de até 24h, como 1000/1m, ou ${off}`,
    })
    .transform((given) => (given === off ? null : readUsageLimit(given))),
};
