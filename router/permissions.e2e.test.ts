import { isNonNullType, isNullableType } from 'graphql';
import type { Caller } from '../platform/caller';
import { type Permission, permissionNames } from '../platform/permissions';
import { granting } from '../platform/testing/callers';
import { leastOf, type RootField, rootFields } from './testing/matrix/graph';
import type { Kind } from './testing/matrix/kinds';
import type { Coisas } from './testing/matrix/making';
import { accessAlong, answeredAt, documentAlong, lost, type Path, paths } from './testing/matrix/paths';
import { argsFor } from './testing/matrix/requests';
import { coisasDeAlguem } from './testing/matrix/things';
import { type Matrix, type Organizacao, startMatrix, type WayName, ways } from './testing/matrix/world';

const withOnly = (caller: Caller, names: readonly Permission[]): Caller => ({
  ...caller,
  permissoes: granting(names),
});

/** Everybody who may not ask for what takes these permissions, and what they are told. */
const refusedTo = (
  caller: Caller,
  access: readonly Permission[],
): [Caller | null, string, Permission | null][] => [
  [null, 'UNAUTHENTICATED', null],
  ...access.map((missing): [Caller, string, Permission] => [
    withOnly(
      caller,
      permissionNames.filter((name) => name !== missing),
    ),
    'FORBIDDEN',
    missing,
  ]),
];

/** Enough for there to be something at the end of every path. */
const furnished = [
  'contexto',
  'convite',
  'endereco',
  'equipe',
  'eventoDeClientes',
  'eventoDeUsuarios',
  'eventoDeVendas',
  'motivo',
  'nota',
  'oportunidade',
  'selo',
  'unidade',
] as const satisfies readonly Kind[];

type Answer = Awaited<ReturnType<Matrix['ask']>>;

/** Refusals for want of a permission: others, which depend on what is asked for, give a `motivo`. */
const refusals = ({ errors = [] }: Answer) =>
  errors.filter(
    ({ extensions: { code, motivo } }) =>
      ['UNAUTHENTICATED', 'FORBIDDEN'].includes(String(code)) && motivo === undefined,
  );

test('some query leads to every field that says who may ask', () => {
  expect(lost).toEqual([]);
});

describe.each(Object.keys(ways) as WayName[])('%s', (way) => {
  let matrix: Matrix;
  let organizacao: Organizacao;
  let coisas: Coisas;
  beforeAll(async () => {
    matrix = await startMatrix(way);
    organizacao = await matrix.novaOrganizacao();
    coisas = await coisasDeAlguem(matrix, await matrix.novaOrganizacao());
    for (const kind of furnished) await coisas.um(kind);
  });
  afterAll(() => matrix.stop());

  it.each(rootFields.map((root): [string, RootField] => [root.field.name, root]))(
    '%s is refused to whom it says, and to nobody else',
    async (name, root) => {
      const minhas = await coisasDeAlguem(matrix, organizacao);
      const args = await argsFor(root, minhas);
      const document = leastOf(root, args);
      for (const [caller, code] of root.access ? refusedTo(minhas.quem, root.access) : []) {
        const { data, errors } = await matrix.ask(caller, document, args);
        expect(data).toEqual(isNonNullType(root.field.type) ? null : { [name]: null });
        expect(errors).toEqual([expect.objectContaining({ path: [name], extensions: { code } })]);
      }
      const allowed = root.access ? withOnly(minhas.quem, root.access) : null;
      expect(refusals(await matrix.ask(allowed, document, args))).toEqual([]);
    },
  );

  const namesOf = ({ way }: Path) => way.map(({ field }) => field.name);

  it.each(
    paths.map((path): [string, Path] => [
      `${[...namesOf(path), path.fields.map(({ name }) => name)].join('.')}`,
      path,
    ]),
  )('%s', async (_, path) => {
    const args = await argsFor(path.root, coisas);
    const beside = 'permissoes { codigo }';
    const steps = [...path.way, ...path.fields.slice(0, 1).map((field) => ({ field, access: path.access }))];
    for (const [caller, code, missing] of refusedTo(coisas.quem, path.access)) {
      const { data, errors = [] } = await matrix.ask(
        caller,
        documentAlong(path, args, caller ? beside : ''),
        args,
      );
      const at = steps.findIndex(({ access }) => access && (missing === null || access.includes(missing)));
      // An entity none of whose fields may be seen is refused itself.
      const places = steps.map(({ field }) => field.name);
      for (const error of errors) {
        expect(error.extensions).toEqual({ code });
        expect([places.slice(0, at), places.slice(0, at + 1)]).toContainEqual(
          error.path?.filter((key) => typeof key === 'string'),
        );
      }
      expect(errors).not.toEqual([]);
      let nulled = at;
      while (nulled >= 0 && !isNullableType(steps[nulled]!.field.type)) nulled -= 1;
      if (nulled < 0) expect(data).toBeNull();
      else {
        const above = answeredAt(data, places.slice(0, nulled));
        expect(above).not.toEqual([]);
        for (const one of above) expect(one).toMatchObject({ [places[nulled]!]: null });
        if (caller) expect(data?.permissoes).toHaveLength(permissionNames.length);
      }
    }
    const answer = await matrix.ask(
      withOnly(coisas.quem, accessAlong(path)),
      documentAlong(path, args, beside),
      args,
    );
    expect(refusals(answer)).toEqual([]);
    expect(answer.errors).toBeUndefined();
    // The way is there to its end, or it was not tried.
    expect(answeredAt(answer.data, [...namesOf(path), '__typename'])).not.toEqual([]);
  });
});
