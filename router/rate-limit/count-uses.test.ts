import { buildSchema, type DocumentNode, getOperationAST, parse, validate } from 'graphql';
import { countUses } from './count-uses';
import { readDeclaredLimits } from './declared-limits';
import { limitedSupergraph } from './testing/limited-graph';

const supergraph = limitedSupergraph();
// As much of what clients see as is needed to find one's way.
const schema = buildSchema(`
  type Query { livre: String busca: Item coisa: Coisa qualquer: Qualquer }
  type Mutation { entrar: String exportar: String convidar: String criar: String }
  interface Coisa { nome: String }
  union Qualquer = Item
  type Item implements Coisa { nome: String preco: Int vizinho: Item }
  type Outra implements Coisa { nome: String }
`);
const limits = readDeclaredLimits(supergraph, schema);

const uses = (document: DocumentNode, variables: object | null, operationName?: string) => {
  const operation = getOperationAST(document, operationName)!;
  const counted = countUses({ schema, limits, document, operation, variables: variables as never });
  return Object.fromEntries([...counted].map(([{ policy }, times]) => [policy.name, times]));
};

const usesOf = (source: string, variables: object | null = {}, operationName?: string) => {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  return uses(document, variables, operationName);
};

test('limits are read with what they are counted by, an interface having those of its types', () => {
  const policies = (type: string, field: string) =>
    limits
      .get(type)
      ?.get(field)
      ?.map(({ por, policy: { name, max, windowMs } }) => ({ por, name, max, windowMs }));
  expect(policies('Query', 'busca')).toEqual([
    { por: 'IP', name: 'busca-ip', max: 10, windowMs: 60_000 },
    { por: 'USUARIO', name: 'busca-usuario', max: 10, windowMs: 60_000 },
  ]);
  expect(policies('Item', 'preco')).toEqual([{ por: 'IP', name: 'Item.preco-ip', max: 5, windowMs: 30_000 }]);
  expect(policies('Coisa', 'nome')).toEqual(policies('Outra', 'nome'));
  expect(policies('Query', 'livre')).toEqual([]);
});

test.each(['1 m', '0s', '25h', '', 'm', '1d', '-1m'])('a window of %p is refused', (janela) => {
  const wrong = supergraph.replace('janela: "1h"', `janela: "${janela}"`);
  expect(() => readDeclaredLimits(wrong, schema)).toThrow('@limite of exportar is none');
});

test('a limit of nothing is refused', () => {
  const wrong = supergraph.replace('max: 2,', 'max: 0,');
  expect(() => readDeclaredLimits(wrong, schema)).toThrow('@limite of exportar is none');
});

test.each<[string, string, object, Record<string, number>]>([
  ['a field that has none', '{ livre }', {}, {}],
  ['a field', '{ busca { nome } }', {}, { 'busca-ip': 1, 'busca-usuario': 1 }],
  [
    'aliases',
    'mutation { a: entrar b: entrar entrar c: exportar criar }',
    {},
    { 'entrar-ip': 3, 'exportar-usuario': 1, 'exportar-organizacao': 1 },
  ],
  [
    'nested fields',
    '{ busca { a: preco vizinho { preco vizinho { b: preco c: preco } } } }',
    {},
    { 'busca-ip': 1, 'busca-usuario': 1, 'Item.preco-ip': 4 },
  ],
  [
    'a fragment wherever it is spread',
    '{ a: busca { ...i } b: busca { ...i vizinho { ...i } } } fragment i on Item { preco x: preco }',
    {},
    { 'busca-ip': 2, 'busca-usuario': 2, 'Item.preco-ip': 6 },
  ],
  [
    'inline fragments, with and without a type',
    '{ ... { qualquer { ... on Item { preco } } coisa { ... on Item { preco } ... { nome } } } }',
    {},
    { 'Item.preco-ip': 2, 'Outra.nome-ip': 1 },
  ],
  [
    'what literals leave out',
    '{ a: busca @skip(if: true) { nome } b: busca @include(if: false) { nome } busca @skip(if: false) { nome } }',
    {},
    { 'busca-ip': 1, 'busca-usuario': 1 },
  ],
  [
    'what variables leave out',
    'query ($nao: Boolean!, $sim: Boolean!) { a: busca @include(if: $nao) { preco } b: busca @skip(if: $sim) { preco } ...f @include(if: $nao) ... @skip(if: $sim) { busca { preco } } } fragment f on Query { busca { nome } }',
    { nao: false, sim: true },
    {},
  ],
  [
    'what the default of a variable leaves out',
    'query ($com: Boolean = false, $sem: Boolean = true) { a: busca @include(if: $com) { nome } b: busca @skip(if: $sem) { nome } }',
    {},
    {},
  ],
  [
    'what the default would leave out, and the variable does not',
    'query ($com: Boolean = false) { busca @include(if: $com) { nome } }',
    { com: true },
    { 'busca-ip': 1, 'busca-usuario': 1 },
  ],
  [
    'both directives, of which one is enough',
    '{ busca @include(if: true) @skip(if: true) { nome } }',
    {},
    {},
  ],
  [
    'introspection',
    '{ __typename __schema { types { name } } busca { __typename } }',
    {},
    { 'busca-ip': 1, 'busca-usuario': 1 },
  ],
])('%s', (_, source, variables, expected) => {
  expect(usesOf(source, variables)).toEqual(expected);
});

test('of several operations the one that is executed counts', () => {
  const source = 'query a { livre } mutation b { entrar }';
  expect(usesOf(source, {}, 'a')).toEqual({});
  expect(usesOf(source, {}, 'b')).toEqual({ 'entrar-ip': 1 });
});

test('a variable may have the name of what every object has', () => {
  const source = 'query ($constructor: Boolean = true) { busca @skip(if: $constructor) { nome } }';
  expect(usesOf(source, {})).toEqual({});
});

test('without variables everything that depends on one counts', () => {
  const source = 'query ($a: Boolean = false) { busca @include(if: $a) { nome } }';
  expect(usesOf(source, null)).toEqual({ 'busca-ip': 1, 'busca-usuario': 1 });
});

test('a variable of the wrong kind leaves nothing out', () => {
  const source = 'query ($a: Boolean!) { busca @skip(if: $a) { nome } }';
  expect(usesOf(source, { a: 'true' })).toEqual({ 'busca-ip': 1, 'busca-usuario': 1 });
});

test('fragments that double a thousand times end, and count more than any limit', () => {
  const doubling = Array.from(
    { length: 1_000 },
    (_, i) => `fragment f${i} on Item { ...f${i + 1} ...f${i + 1} }`,
  );
  // It need not be valid to be counted: the refusal for its size may come later.
  const document = parse(`{ busca { ...f0 } } ${doubling.join(' ')} fragment f1000 on Item { preco }`);
  expect(uses(document, {})['Item.preco-ip']).toBe(1_000_000);
});
