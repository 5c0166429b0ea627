import { createHash, randomBytes } from 'node:crypto';
import { unauthenticated } from '../../../platform/errors';

/** What is stored of a token: it is random enough for a plain hash. */
export const hashDoTokenDeEmail = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

/**
 * 256 bits, base64url. Not by the environment's randomness: what draws in the background would change what requests
 * draw next, and two runs of the same requests could not be compared.
 */
export const novoTokenDeEmail = (): string => randomBytes(32).toString('base64url');

/** One answer for a token that never was, that was used, that expired or that is for something else. */
export const tokenDeEmailInvalido = () =>
  unauthenticated(
    'O link não vale mais. Peça outro e use o do e-mail mais recente.',
    'TOKEN_DE_EMAIL_INVALIDO',
  );
