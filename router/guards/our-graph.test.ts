import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  getOperationAST,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { fromRoot } from '../../platform/project-root';
import { defaultQueryLimits } from '../../platform/settings/query-limits';
import { readRegistered } from '../documents/registered';
import { readDirectives } from '../supergraph-directives';
import { checkDocumentSize } from './document-size';
import { fieldCosts } from './field-costs';
import { costOfOperation } from './operation-cost';

const read = (name: string) => readFileSync(join(fromRoot('schema'), name), 'utf8');
const supergraph = read('supergraph.graphql');
const schema = buildSchema(read('api.graphql'));
const directivesOf = readDirectives(supergraph);
const costs = fieldCosts(schema, supergraph);

const fields = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));

const listSizeOf = (type: string, field: string) =>
  directivesOf(type, field).find(({ name }) => name === 'listSize')?.args;

test('every list says how long it is, or is the list of a page whose every way to it says so', () => {
  const lists = fields.filter(({ field: { type } }) => isListType(isNonNullType(type) ? type.ofType : type));
  expect(lists.length).toBeGreaterThan(20);
  for (const { type, field } of lists) {
    if (listSizeOf(type.name, field.name)) continue;
    expect(`${type.name}.${field.name}`).toMatch(/Connection\.edges$/);
    const ways = fields.filter(({ field }) => getNamedType(field.type) === type);
    expect(ways.length).toBeGreaterThan(0);
    for (const way of ways) {
      expect(listSizeOf(way.type.name, way.field.name)).toMatchObject({
        assumedSize: 20,
        slicingArguments: ['first', 'last'],
        sizedFields: ['edges'],
        requireOneSlicingArgument: false,
      });
    }
  }
});

const cost = (text: string, variables = {}) => {
  const document = parse(text);
  return costOfOperation({ schema, document, operation: getOperationAST(document)!, variables }, costs);
};

describe('what an operation costs', () => {
  const clientes = costs.get('Query')!.get('clientes')!.weight;

  test.each<[string, object, number]>([
    ['{ eu { id } }', {}, 1],
    ['{ clientes { totalCount } }', {}, clientes],
    ['{ clientes { edges { node { id } } } }', {}, clientes + 20 * 2],
    ['{ clientes(first: 5) { edges { node { id } } pageInfo { hasNextPage } } }', {}, clientes + 5 * 2 + 1],
    ['{ clientes(last: 7) { edges { node { id } } } }', {}, clientes + 7 * 2],
    ['query($n: Int) { clientes(first: $n) { edges { node { id } } } }', { n: 3 }, clientes + 3 * 2],
    ['query($n: Int) { clientes(first: $n) { edges { node { id } } } }', {}, clientes + 20 * 2],
    ['query($n: Int = 9) { clientes(first: $n) { edges { node { id } } } }', {}, clientes + 9 * 2],
    ['query($n: Int = 9) { clientes(first: $n) { edges { node { id } } } }', { n: null }, clientes + 20 * 2],
    ['{ clientes(first: -1) { edges { node { id } } } }', {}, clientes],
    [
      '{ clientes(first: 2) { edges { node { oportunidades(first: 3) { edges { cursor } } } } } }',
      {},
      clientes + 2 * (2 + 1 + 3),
    ],
    ['{ ...F ...F } fragment F on Query { eu { id } }', {}, 2],
    ['query($s: Boolean!) { eu @skip(if: $s) { id } }', { s: true }, 0],
    ['query($s: Boolean = false) { eu @include(if: $s) { id } }', {}, 0],
    ['{ ... @include(if: true) { eu { id } } }', {}, 1],
    ['{ __schema { types { name } } }', {}, 0],
    ['query($constructor: Int = 9) { clientes(first: $constructor) { edges { cursor } } }', {}, clientes + 9],
    ['query($toString: Boolean = false) { eu @include(if: $toString) { id } }', {}, 0],
    [
      '{ clientes(first: 5) { edges { node { a: nome nome: nome b: id } } } }',
      {},
      clientes + 5 * (2 + 2 * 2),
    ],
    ['mutation { sair }', {}, 10],
    ['mutation { entrar(dados: { email: "a@b.c", senha: "x" }) { tokenAcesso } }', {}, 10 + 500],
  ])('%s %j: %d', (text, variables, expected) => {
    expect(cost(text, variables)).toBe(expected);
  });

  test('pages within pages go beyond it', () => {
    const pages = (size: number) =>
      `{ clientes(first: ${size}) { edges { node { oportunidades(first: ${size}) { edges { node { id } } } } } } }`;
    expect(cost(pages(20))).toBeLessThan(defaultQueryLimits.cost);
    expect(cost(pages(100))).toBeGreaterThan(defaultQueryLimits.cost);
  });
});

const operations = [...readRegistered().values()];

test.each(operations)('$name is under every limit, with pages as large as they may be', ({ text }) => {
  const document = parse(text);
  expect(() => checkDocumentSize(document, defaultQueryLimits)).not.toThrow();
  expect(cost(text)).toBeLessThanOrEqual(defaultQueryLimits.cost);
});
