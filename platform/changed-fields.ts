import { isDeepStrictEqual } from 'node:util';

/** Names of the fields in which two versions of an entity differ. */
export const changedFields = <Entity extends object>(before: Entity, after: Entity): string[] =>
  (Object.keys(after) as (keyof Entity & string)[]).filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  );

/** The given fields of a partial input: those that were left out are undefined, and stay as they are. */
export const withoutUndefined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
