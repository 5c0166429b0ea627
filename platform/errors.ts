import { GraphQLError } from 'graphql';

/** The stable codes a client program may rely on (`extensions.code`). */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'SUBGRAPH_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/** What is wrong with one field: its path in the input (`dados.documento`) and what to do, in Portuguese. */
export type CampoInvalido = { readonly campo: string; readonly mensagem: string };

type Details = {
  /** The business reason in UPPER_SNAKE Portuguese, stable for programs. */
  readonly motivo?: string;
  readonly campos?: readonly CampoInvalido[];
};

/**
 * An error that a client is meant to see. Everything else that is thrown is masked as
 * INTERNAL_SERVER_ERROR by `execute`.
 */
export class CodedError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    details: Details = {},
  ) {
    super(message, { extensions: { code, ...details } });
    this.name = 'CodedError';
  }
}

/** The request needs a signed-in person. */
export const unauthenticated = (message = 'Entre com seu usuário para continuar.', motivo?: string) =>
  new CodedError('UNAUTHENTICATED', message, { motivo });

/** The Caller is known but may not do this. */
export const forbidden = (message = 'Você não tem permissão para fazer isso.', motivo?: string) =>
  new CodedError('FORBIDDEN', message, { motivo });

/**
 * The thing asked for does not exist, or belongs to another organization: the answer is the same, so
 * that an id tells nothing.
 */
export const notFound = (entidade: string, campo?: string) =>
  new CodedError('NOT_FOUND', `${entidade} não existe ou não está disponível para você.`, {
    motivo: 'NAO_ENCONTRADO',
    campos: campo ? [{ campo, mensagem: `${entidade} não encontrado(a).` }] : undefined,
  });

/**
 * What a mutation has just changed, to be answered.
 *
 * @throws CodedError NOT_FOUND when it was erased in the meantime, as before a repeated request.
 */
export const stillThere = async <Entity>(
  loading: Promise<Entity | null>,
  entidade: string,
): Promise<Entity> => {
  const entity = await loading;
  if (entity === null) throw notFound(entidade);
  return entity;
};

/** One or more fields of the input are wrong; the message repeats the first for people. */
export const badUserInput = (campos: readonly CampoInvalido[], motivo = 'DADOS_INVALIDOS') =>
  new CodedError('BAD_USER_INPUT', campos.map(({ mensagem }) => mensagem).join(' '), { motivo, campos });

/** The change does not fit the present state; read again and repeat. */
export const conflict = (motivo: string, message: string, campos?: readonly CampoInvalido[]) =>
  new CodedError('CONFLICT', message, { motivo, campos });

/** A stale `versao`: somebody else changed the entity in between. */
export const staleVersion = (entidade: string) =>
  conflict(
    'VERSAO_DESATUALIZADA',
    `${entidade} foi alterado(a) por outra pessoa. Recarregue e tente de novo.`,
  );

/** Too many attempts: none until the time is over. */
export const rateLimited = (waitMs: number) => {
  const minutes = Math.max(Math.ceil(waitMs / 60_000), 1);
  return new CodedError(
    'RATE_LIMITED',
    `Muitas tentativas. Tente de novo em ${minutes} ${minutes === 1 ? 'minuto' : 'minutos'}.`,
    { motivo: 'MUITAS_TENTATIVAS' },
  );
};

/** Another domain, or a part of it, does not answer at the moment. */
export const unavailable = () =>
  new CodedError(
    'SUBGRAPH_UNAVAILABLE',
    'Parte do sistema está indisponível no momento. Tente de novo em instantes.',
  );

/** There is too much to do at the moment; nothing was changed. */
export const overloaded = () =>
  new CodedError('SUBGRAPH_UNAVAILABLE', 'O sistema está ocupado no momento. Tente de novo em instantes.', {
    motivo: 'SOBRECARGA',
  });

/**
 * A null for a field of a partial edit that can be left out, but not emptied.
 *
 * @param caminho of the input that has the fields.
 */
export const refuseNulls = <Input extends object>(
  dados: Input,
  campos: readonly (keyof Input & string)[],
  caminho = 'dados',
): void => {
  const nulos = campos.filter((campo) => dados[campo] === null);
  if (nulos.length === 0) return;
  const mensagem = 'Não pode ser nulo; omita o campo para não o alterar.';
  throw badUserInput(nulos.map((campo) => ({ campo: `${caminho}.${campo}`, mensagem })));
};
