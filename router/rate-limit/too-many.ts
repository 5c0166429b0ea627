import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../platform/errors';
import type { Standing } from './sliding-window';
import { secondsOf, usageHeaders } from './usage-headers';

const code: ErrorCode = 'RATE_LIMITED';

const inWords = (seconds: number): string => {
  if (seconds === 1) return '1 segundo';
  return seconds < 120 ? `${seconds} segundos` : `${Math.ceil(seconds / 60)} minutos`;
};

/**
 * The whole request is refused for what was asked too often: RATE_LIMITED with 429 and the headers that say so.
 *
 * @param what was asked too often, as the graph names it; null for anything.
 * @param standings of which one at least refused.
 */
export const tooMany = (what: string | null, standings: readonly Standing[]): GraphQLError => {
  const wait = secondsOf(Math.max(...standings.filter((s) => s.isRefused).map((s) => s.resetMs)));
  const message = what ? `Pedidos demais de ${what}.` : 'Pedidos demais.';
  return new GraphQLError(`${message} Tente de novo em ${inWords(wait)}.`, {
    extensions: {
      code,
      motivo: 'LIMITE_DE_USO',
      aguardeSegundos: wait,
      http: { status: 429, headers: new HeaderMap(usageHeaders(standings)) },
    },
  });
};
