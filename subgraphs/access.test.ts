import { existsSync } from 'node:fs';
import { type GraphQLField, type GraphQLObjectType, isNonNullType, isUnionType } from 'graphql';
import type { Caller } from '../platform/caller';
import { type Permission, permissionNames } from '../platform/permissions';
import { fromRoot } from '../platform/project-root';
import { accessOf } from '../platform/subgraph/access-directives';
import type { Subgraph } from '../platform/subgraph/define-subgraph';
import type { SubgraphResponse } from '../platform/subgraph-link';
import { aCaller, askingAs, granting } from '../platform/testing/callers';
import { subgraphs } from '.';
import { askedFor, leastArgs } from './testing/access/field-document';
import type { MutationProbes } from './testing/idempotency/probes';
import { startWorld } from './testing/idempotency/start-world';

type Field = GraphQLField<unknown, unknown>;

const subgraphOf = (name: string): Subgraph => require(fromRoot('subgraphs', name)).default;

const probesOf = (name: string): MutationProbes => {
  const file = fromRoot('subgraphs', name, 'idempotency.probes.ts');
  return existsSync(file) ? require(file).default : {};
};

const ownFields = (type: GraphQLObjectType | null | undefined): Field[] =>
  Object.values(type?.getFields() ?? {}).filter(({ name }) => !name.startsWith('_'));

/** What is not there answers as something of which nothing but the id is known: its fields are what is tried. */
const answerForAll = (type: GraphQLObjectType): void => {
  const { subgraph } = (type.extensions.apollo ?? {}) as {
    subgraph?: { resolveReference: (...parameters: unknown[]) => unknown };
  };
  if (!subgraph) return;
  const load = subgraph.resolveReference;
  subgraph.resolveReference = async (reference, ...others) =>
    (await load(reference, ...others)) ?? { id: (reference as { id: string }).id };
};

/** The refusals for want of a permission; others, which depend on what is asked for, give a `motivo`. */
const refusals = ({ errors = [] }: SubgraphResponse) =>
  errors
    .filter(({ extensions }) => ['UNAUTHENTICATED', 'FORBIDDEN'].includes(String(extensions?.code)))
    .filter(({ extensions }) => extensions?.motivo === undefined)
    .map(({ extensions }) => extensions?.code);

const without = (missing: Permission) => granting(permissionNames.filter((name) => name !== missing));

/** Everybody who may not ask for what takes these permissions, and what they are told. */
const refused = (caller: Caller, access: readonly Permission[]): [Caller | null, string][] => [
  [null, 'UNAUTHENTICATED'],
  ...access.map((missing): [Caller, string] => [{ ...caller, permissoes: without(missing) }, 'FORBIDDEN']),
];

describe.each(Object.keys(subgraphs))('%s lets whom it says it does', (name) => {
  const { schema } = subgraphOf(name);
  const probes = probesOf(name);
  const union = schema.getType('_Entity');
  const entities = isUnionType(union) ? union.getTypes() : [];
  entities.forEach(answerForAll);

  let world: Awaited<ReturnType<typeof startWorld>>;
  beforeAll(async () => {
    world = await startWorld(subgraphOf(name));
  });
  afterAll(() => world.stop());

  /** What the domain holds, without what the platform notes. */
  const contents = async () => (await world.contents()).filter(({ tabela }) => !tabela.startsWith('teia.'));

  // The open ones at last: what they begin may go on after their answer, and change what is compared.
  const roots = (['query', 'mutation'] as const)
    .flatMap((operation) =>
      ownFields(operation === 'query' ? schema.getQueryType() : schema.getMutationType()).map(
        (field): [string, string, Field] => [operation, field.name, field],
      ),
    )
    .sort(([, , one], [, , other]) => Number(!accessOf(one)) - Number(!accessOf(other)));

  it.each(roots)('%s %s', async (operation, fieldName, field) => {
    const place = world.newWorld();
    const probe = operation === 'mutation' ? await probes[fieldName]?.(place) : undefined;
    const { args, caller = place.caller } = { args: leastArgs(field), ...probe };
    const { parameters, selection } = askedFor(field, args);
    const document = `${operation}${parameters && `(${parameters})`} { ${selection} }`;
    const ask = (who: Caller | null) => world.execute(document, { ...args }, askingAs(who));

    const access = accessOf(field);
    if (!access) return expect(refusals(await ask(null))).toEqual([]);
    const before = await contents();
    for (const [who, code] of refused(caller, access)) {
      expect(await ask(who)).toEqual({
        data: isNonNullType(field.type) ? null : { [fieldName]: null },
        errors: [expect.objectContaining({ path: [fieldName], extensions: { code } })],
      });
    }
    expect(await contents()).toEqual(before);
    expect(refusals(await ask({ ...caller, permissoes: granting(access) }))).toEqual([]);
  });

  const fields = entities.flatMap((type) =>
    ownFields(type)
      .filter((field) => field.name !== 'id')
      .map((field): [string, string, Field] => [type.name, field.name, field]),
  );

  if (fields.length === 0) return;
  it.each(fields)('%s.%s', async (typeName, _, field) => {
    const args = leastArgs(field);
    const { parameters, selection } = askedFor(field, args);
    const document = `query($representations: [_Any!]! ${parameters}) {
      _entities(representations: $representations) { ... on ${typeName} { ${selection} } }
    }`;
    const caller = aCaller();
    const representations = [{ __typename: typeName, id: caller.usuarioId }];
    const ask = (who: Caller | null) => world.execute(document, { ...args, representations }, askingAs(who));

    const access = accessOf(field);
    if (!access) return expect(refusals(await ask(null))).toEqual([]);
    for (const [who, code] of refused(caller, access)) expect(refusals(await ask(who))).toEqual([code]);
    expect(refusals(await ask({ ...caller, permissoes: granting(access) }))).toEqual([]);
  });
});
