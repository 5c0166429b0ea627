import type { ClassType } from 'type-graphql';

/** Loads one entity by its id for a reference (`_entities`); null when it is not there for this Caller. */
type LoadReference<Context> = (context: Context, id: string) => Promise<object | null>;

export type Entity<Context> = {
  readonly type: ClassType;
  readonly kind: 'owned' | 'extended' | 'referenced';
  readonly load?: LoadReference<Context>;
};

/** An entity that this subgraph owns: it alone says whether one exists, through a DataLoader. */
export const ownedEntity = <Context>(type: ClassType, load: LoadReference<Context>): Entity<Context> => ({
  type,
  kind: 'owned',
  load,
});

/** Another subgraph's entity to which this one adds fields; those fields check the Caller themselves. */
export const extendedEntity = (type: ClassType): Entity<unknown> => ({ type, kind: 'extended' });

/** Another subgraph's entity that this one only points to: a key and nothing else. */
export const referencedEntity = (type: ClassType): Entity<unknown> => ({ type, kind: 'referenced' });
