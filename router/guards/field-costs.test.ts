import { buildSchema, getOperationAST, parse } from 'graphql';
import { fieldCosts } from './field-costs';
import { costOfOperation } from './operation-cost';

const text = `
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | OBJECT | SCALAR
  type Query { busca(termo: String @cost(weight: 7), ordem: Ordem): Foto cor: Ordem coisa: Coisa qualquer: Qualquer }
  scalar Foto @cost(weight: 5)
  enum Ordem @cost(weight: 3) { A }
  interface Coisa { nome: String }
  type Cara implements Coisa @cost(weight: 40) { nome: String @cost(weight: 6) }
  type Barata implements Coisa { nome: String }
  union Qualquer = Barata | Cara
`;
const schema = buildSchema(text);
const costs = fieldCosts(schema, text);

test.each([
  ['a scalar', '{ busca }', 5],
  ['an enum', '{ cor }', 3],
  ['an argument and the type of another', '{ busca(termo: "a", ordem: A) }', 5 + 7 + 3],
  ['the dearest that an interface may be, and of its fields', '{ coisa { nome } }', 40 + 6],
  ['the dearest of a union', '{ qualquer { __typename } }', 40],
])('counts %s', (_, query, expected) => {
  const document = parse(query);
  const operation = getOperationAST(document)!;
  expect(costOfOperation({ schema, document, operation, variables: {} }, costs)).toBe(expected);
});
