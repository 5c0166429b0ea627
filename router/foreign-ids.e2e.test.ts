import { getNamedType } from 'graphql';
import { v7 } from 'uuid';
import {
  documentOf,
  objectTypes,
  type RootField,
  rootFields,
  selectionOf,
  slotsOf,
} from './testing/matrix/graph';
import type { Coisas } from './testing/matrix/making';
import { type Reference, readReferences, uncoveredEntities } from './testing/matrix/references';
import { argsFor, namesOf, uncovered, withId } from './testing/matrix/requests';
import { coisasDeAlguem } from './testing/matrix/things';
import { type Matrix, type Organizacao, startMatrix, type WayName, ways } from './testing/matrix/world';

const taking = rootFields.filter(({ field }) => slotsOf(field).length > 0);

/** Ids of nothing that is ours: of what somebody else has, of nothing at all, and what is no id. */
const wrongIds = (foreign: string) => [foreign, v7(), 'nem-um-uuid'];

let references: readonly Reference[];
beforeAll(async () => {
  references = await readReferences();
});

test('every id that a root field takes is tried, and none that it does not', () => {
  expect(uncovered()).toEqual([]);
});

test('no field but those of the roots takes an id: teach this test to ask for one that does', () => {
  const nested = objectTypes.flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) =>
      slotsOf(field).map((slot) => `${type.name}.${field.name}: ${slot}`),
    ),
  );
  expect(nested).toEqual([]);
});

test('every entity of every subgraph is tried', () => {
  expect(uncoveredEntities(references)).toEqual([]);
});

describe.each(Object.keys(ways) as WayName[])(
  '%s a foreign id answers as a missing one, and does nothing',
  (way) => {
    let matrix: Matrix;
    let nossa: Organizacao;
    let estranhas: Coisas;
    beforeAll(async () => {
      matrix = await startMatrix(way);
      nossa = await matrix.novaOrganizacao();
      estranhas = await coisasDeAlguem(matrix, await matrix.novaOrganizacao());
    });
    afterAll(() => matrix.stop());

    it.each(taking.map((root): [string, RootField] => [root.field.name, root]))('in %s', async (_, root) => {
      const coisas = await coisasDeAlguem(matrix, nossa);
      const args = await argsFor(root, coisas);
      const foreign = new Map<string, string>();
      for (const { path, kind } of namesOf(root)) foreign.set(path, await estranhas.um(kind));

      const document = documentOf(root, args, selectionOf(getNamedType(root.field.type), 1));
      const ask = async (given: object, id: string) => {
        const { status, text } = await matrix.ask(coisas.quem, document, given);
        return { status, text: text.replaceAll(id, '<id>') };
      };
      const before = await matrix.contents();
      const refused: object[] = [];
      for (const [path, id] of foreign) {
        const answers = [];
        for (const wrong of wrongIds(id)) {
          for (const [place, given] of withId(args, path, wrong).entries()) {
            answers.push({ at: `${path} ${place}`, ...(await ask(given, wrong)) });
          }
        }
        const missing = answers.slice(answers.length / 3, (answers.length / 3) * 2);
        expect(answers).toEqual([...missing, ...missing, ...missing]);
        refused.push(...missing);
      }
      expect(await matrix.contents()).toEqual(before);

      const { status, text, errors } = await matrix.ask(coisas.quem, document, args);
      expect(errors).toBeUndefined();
      for (const answer of refused) expect(answer).not.toMatchObject({ status, text });
    });

    it('in references to entities', async () => {
      const coisas = await coisasDeAlguem(matrix, nossa);
      for (const { subgraph, type, kind, query, isEcho } of references) {
        const ask = async (...ids: readonly string[]) => {
          const representations = ids.map((id) => ({ __typename: type, id }));
          const answer = await matrix.askSubgraph(subgraph, coisas.quem, {
            query,
            variables: { representations },
          });
          expect(answer.errors).toBeUndefined();
          const entities = answer.data?._entities as object[];
          return entities.map((entity, i) => JSON.stringify(entity).replaceAll(ids[i]!, '<id>'));
        };
        const own = await coisas.um(kind!);
        const wrong = wrongIds(await estranhas.um(kind!));
        const [missing] = await ask(v7());
        const [there] = await ask(own);
        const before = await matrix.contents();
        for (const id of wrong)
          expect([type, subgraph, ...(await ask(id))]).toEqual([type, subgraph, missing]);
        expect(await ask(...wrong, own, ...wrong)).toEqual([
          ...wrong.map(() => missing),
          there,
          ...wrong.map(() => missing),
        ]);
        expect(await matrix.contents()).toEqual(before);
        expect([type, subgraph, there === missing]).toEqual([type, subgraph, isEcho]);
      }
    });
  },
);
