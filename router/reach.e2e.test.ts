import { getNamedType } from 'graphql';
import { v7 } from 'uuid';
import type { Caller } from '../platform/caller';
import { type Alcance, permissions } from '../platform/permissions';
import type { Access } from '../platform/subgraph/access-directives';
import { crawl, crawled, valuesIn } from './testing/matrix/crawl';
import {
  accessTo,
  documentOf,
  objectTypes,
  type RootField,
  rootFields,
  selectionOf,
} from './testing/matrix/graph';
import { comDono, type Kind } from './testing/matrix/kinds';
import type { Coisas } from './testing/matrix/making';
import { novaGente } from './testing/matrix/people';
import { readReferences } from './testing/matrix/references';
import { argsFor, namesOf, withId } from './testing/matrix/requests';
import { type Matrix, startMatrix, type WayName, ways } from './testing/matrix/world';

/** What nobody owns: permissions that have a reach let it be seen or not, whole. */
const semDono = ['Funil', 'EtapaFunil', 'MotivoPerda'];

const hasReach = (access: Access): boolean =>
  access?.some((permission) => permissions[permission].comAlcance) ?? false;

const owned = (root: RootField) => namesOf(root).filter(({ kind }) => comDono.has(kind));
const owners = (root: RootField) => namesOf(root).filter(({ kind }) => kind === 'responsavel');

const limited = rootFields.filter(
  ({ access, field }) => hasReach(access) && !semDono.includes(getNamedType(field.type).name),
);

/** `Type.field` behind the root fields, for who asks within a reach. */
const limitedInside = objectTypes.flatMap((type) =>
  Object.keys(type.getFields())
    .filter((field) => hasReach(accessTo(type.name, field)))
    .map((field) => `${type.name}.${field}`),
);

test('a root field that a permission limits to its reach names somebody`s thing by its id, or lists: say which in router/testing/matrix (requests.ts, kinds.ts)', () => {
  const untried = limited.filter(
    (root) => owned(root).length + owners(root).length === 0 && !crawled.has(root.field.name),
  );
  expect(untried.map(({ field }) => field.name)).toEqual([]);
});

test('what somebody can own is only named where a permission has a reach', () => {
  const unlimited = rootFields.filter((root) => owned(root).length > 0 && !hasReach(root.access));
  expect(unlimited.map(({ field }) => field.name)).toEqual([]);
});

describe.each(Object.keys(ways) as WayName[])('%s', (way) => {
  let matrix: Matrix;
  beforeAll(async () => {
    matrix = await startMatrix(way);
  });
  afterAll(() => matrix.stop());

  describe('what lies beyond the reach answers as what is missing', () => {
    let gente: Awaited<ReturnType<typeof novaGente>>;
    let alem: Readonly<Record<'PROPRIOS' | 'EQUIPE', readonly Coisas[]>>;
    beforeAll(async () => {
      gente = await novaGente(matrix);
      const { colega, estranho, coisasDe } = gente;
      const EQUIPE = [coisasDe(estranho), coisasDe(estranho, { dono: null })];
      alem = { PROPRIOS: [coisasDe(colega), ...EQUIPE], EQUIPE };
    });

    it.each(
      limited
        .filter((root) => namesOf(root).length > 0)
        .map((root): [string, RootField] => [root.field.name, root]),
    )('in %s', async (_, root) => {
      const { eu, colega, coisasDe, ate } = gente;
      const minhas = await argsFor(root, coisasDe(eu));
      const daColega = await argsFor(root, coisasDe(colega));
      const wrong: { alcance: Alcance; path: string; kind: Kind; ids: string[] }[] = [];
      for (const alcance of ['PROPRIOS', 'EQUIPE'] as const) {
        for (const { path, kind } of [...owned(root), ...owners(root)]) {
          const ids = await Promise.all(alem[alcance].map(({ um }) => um(kind)));
          wrong.push({ alcance, path, kind, ids });
        }
      }

      const document = documentOf(root, minhas, selectionOf(getNamedType(root.field.type), 1));
      const ask = async (quem: Caller, path: string, id: string) => {
        const answers: [string, string][] = [];
        for (const given of withId(minhas, path, id)) {
          const { text } = await matrix.ask(quem, document, given);
          answers.push([path, text.replaceAll(id, '<id>')]);
        }
        return answers;
      };
      const before = await matrix.contents();
      for (const { alcance, path, kind, ids } of wrong) {
        const missing = await ask(ate(alcance), path, v7());
        for (const id of ids) {
          const answers = await ask(ate(alcance), path, id);
          if (comDono.has(kind)) expect(answers).toEqual(missing);
          else for (const [, text] of answers) expect(text).toContain('"motivo":"FORA_DO_ALCANCE"');
        }
      }
      expect(await matrix.contents()).toEqual(before);

      expect((await matrix.ask(ate('PROPRIOS'), document, minhas)).errors).toBeUndefined();
      expect((await matrix.ask(ate('EQUIPE'), document, daColega)).errors).toBeUndefined();
    });

    it('in references to entities', async () => {
      const { eu, coisasDe, ate } = gente;
      const minhas = coisasDe(eu);
      const nothing = { um: async () => v7() };
      for (const { subgraph, type, kind, query, isEcho } of await readReferences()) {
        if (!kind || !comDono.has(kind) || isEcho) continue;
        const ask = async (quem: Caller, { um }: Pick<Coisas, 'um'>) => {
          const id = await um(kind);
          const variables = { representations: [{ __typename: type, id }] };
          const answer = await matrix.askSubgraph(subgraph, quem, { query, variables });
          return [subgraph, type, JSON.stringify(answer).replaceAll(id, '<id>')];
        };
        for (const alcance of ['PROPRIOS', 'EQUIPE'] as const) {
          const missing = await ask(ate(alcance), nothing);
          for (const coisas of alem[alcance]) expect(await ask(ate(alcance), coisas)).toEqual(missing);
          expect(await ask(ate(alcance), minhas)).not.toEqual(missing);
        }
        const [daColega] = alem.PROPRIOS;
        expect(await ask(ate('EQUIPE'), daColega!)).not.toEqual(await ask(ate('EQUIPE'), nothing));
      }
    });
  });

  it('no list, count or sum depends on what lies beyond the reach', async () => {
    const { eu, colega, estranho, coisasDe, ate } = await novaGente(matrix);
    const seen = (alcance: Alcance) =>
      crawl(async (document, args) => {
        const { text, errors } = await matrix.ask(ate(alcance), document, args);
        expect(errors).toBeUndefined();
        return text;
      });

    const meuCliente = await coisasDe(eu).um('cliente');
    const daColega = await coisasDe(colega).um('cliente');
    /** All kinds of things of somebody, and something of somebody else's Cliente. */
    const furnish = async (quem: Caller, cliente: string, dono?: null) => {
      const coisas = coisasDe(quem, { dono });
      const all = ['endereco', 'nota', 'oportunidade', 'oportunidadePerdida', 'clienteExcluido'] as const;
      for (const kind of all) await coisas.um(kind);
      await coisasDe(quem, { dono, cliente }).um('oportunidade');
      await coisas.um('oportunidadeExcluida');
    };

    await furnish(eu, daColega);
    const proprios = await seen('PROPRIOS');
    await furnish(colega, meuCliente);
    expect(await seen('PROPRIOS')).toEqual(proprios);
    const equipe = await seen('EQUIPE');
    await furnish(estranho, meuCliente);
    await furnish(estranho, meuCliente, null);
    expect(await seen('PROPRIOS')).toEqual(proprios);
    expect(await seen('EQUIPE')).toEqual(equipe);

    const count = (answers: typeof proprios) => {
      const values = valuesIn(answers.map(({ answer }) => JSON.parse(answer).data));
      return (field: string) => values.get(field)?.filter((value) => value !== 'null').length ?? 0;
    };
    const [few, more, all] = [count(proprios), count(equipe), count(await seen('TODOS'))];
    // Who reaches further sees more of every field, or it was not tried: `furnish` has to make what it shows.
    const untried = limitedInside.filter(
      (field) => !(0 < few(field) && few(field) < more(field) && more(field) < all(field)),
    );
    expect(untried).toEqual([]);
  });
});
