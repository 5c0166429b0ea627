import { createHash } from 'node:crypto';
import type { Environment } from '../../../platform/environment';

/** What is stored of a refresh token. It is random enough for a plain hash: nobody can try 2^256 of them. */
export const hashDoToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** An opaque token of 256 bits, base64url. */
export const novoTokenDeRenovacao = (aleatorio: Environment['aleatorio']): string =>
  aleatorio(32).toString('base64url');
