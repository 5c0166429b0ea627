import { createHash } from 'node:crypto';
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { runInMutation } from '../db/current-mutation';
import { badUserInput, type CampoInvalido } from '../errors';
import { sanitizeInput } from './sanitize-input';

type Resolver = GraphQLFieldResolver<unknown, unknown>;

const sanitizeArguments =
  (resolve: Resolver): Resolver =>
  (source, args, context, info) => {
    const campos: CampoInvalido[] = [];
    const field = info.parentType.getFields()[info.fieldName];
    const clean = Object.fromEntries(
      (field?.args ?? [])
        .filter(({ name }) => name in args)
        .map(({ name, type }) => [name, sanitizeInput(type, args[name], name, campos)]),
    );
    if (campos.length > 0) throw badUserInput(campos);
    return resolve(source, clean, context, info);
  };

const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

const longestReadablePath = 100;

/** A response path that fits in an index, however long the alias is. No alias has a colon in it. */
const pathOf = (alias: string): string =>
  alias.length > longestReadablePath ? `sha256:${digestOf(alias)}` : alias;

/** Lets the unit of work know which mutation of the request it serves, for its idempotency record. */
const markMutation =
  (resolve: Resolver): Resolver =>
  (source, args, context, info) =>
    runInMutation(
      {
        operacao: info.fieldName,
        caminho: pathOf(String(info.path.key)),
        resumo: digestOf(jsonOf(args)),
      },
      () => resolve(source, args, context, info),
    );

/** Puts what no resolver should have to remember around every field that takes arguments. */
export const guardFields = (schema: GraphQLSchema): void => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    const isMutation = type === schema.getMutationType();
    for (const field of Object.values(type.getFields())) {
      if ((field.args.length === 0 && !isMutation) || field.name.startsWith('_')) continue;
      const guarded = sanitizeArguments(field.resolve ?? defaultFieldResolver);
      field.resolve = isMutation ? markMutation(guarded) : guarded;
    }
  }
};
