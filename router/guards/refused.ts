import { GraphQLError } from 'graphql';

/** What a client asked for is more than is answered: BAD_USER_INPUT with 400. */
export const refused = (message: string, motivo: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', motivo, http: { status: 400 } } });
