import { type GraphQLSchema, isObjectType } from 'graphql';
import { readJanela } from '../../platform/limits/janela';
import { type OfFields, readFields, withPossible } from '../schema-fields';
import { readDirectives } from '../supergraph-directives';
import type { Policy } from './sliding-window';

type Por = 'IP' | 'USUARIO' | 'ORGANIZACAO';

/** A limit that a field declares, by one of what it is counted by. */
export type DeclaredLimit = { readonly field: string; readonly por: Por; readonly policy: Policy };

export type DeclaredLimits = OfFields<readonly DeclaredLimit[]>;

const isPor = (given: unknown): given is Por =>
  given === 'IP' || given === 'USUARIO' || given === 'ORGANIZACAO';

const readLimite = (
  field: string,
  { max, janela, por }: Readonly<Record<string, unknown>>,
): DeclaredLimit[] => {
  const windowMs = readJanela(String(janela));
  const by = [por].flat();
  if (typeof max !== 'number' || max < 1 || windowMs === null || !by.every(isPor)) {
    throw new Error(`@limite of ${field} is none: (max: 100, janela: "1m", por: [IP])`);
  }
  return [...new Set(by)].map((por) => ({
    field,
    por,
    policy: { name: `${field}-${por.toLowerCase()}`, max, windowMs, ofAddresses: por === 'IP' },
  }));
};

/**
 * The limits that the fields of a supergraph declare with `@limite`. Whoever asks an interface asks each of its types.
 *
 * @throws Error for one that makes no sense.
 */
export const readDeclaredLimits = (supergraph: string, schema: GraphQLSchema): DeclaredLimits => {
  const directivesOf = readDirectives(supergraph);
  const roots = new Set([schema.getQueryType(), schema.getMutationType()]);
  const read = new Map<string, DeclaredLimit[]>();
  const own = (type: string, field: string, isOfRoot: boolean): DeclaredLimit[] => {
    const name = isOfRoot ? field : `${type}.${field}`;
    const limits =
      read.get(name) ??
      directivesOf(type, field)
        .filter((directive) => directive.name === 'limite')
        .flatMap(({ args }) => readLimite(name, args));
    read.set(name, limits);
    return limits;
  };

  return readFields(schema, (type, { name: field }) =>
    withPossible(schema, type).flatMap((name) => own(name, field, isObjectType(type) && roots.has(type))),
  );
};
