import { buildSchema, type OperationDefinitionNode, parse, validate } from 'graphql';
import { apiSchemaOf } from '../../scripts/schema-compose';
import { readDirectives } from '../supergraph-directives';
import { readResponsePolicies } from './response-policy';
import { cacheableGraph } from './testing/cacheable-graph';

const { supergraph } = cacheableGraph();
const schema = buildSchema(apiSchemaOf(supergraph));
const policyOf = readResponsePolicies(schema, readDirectives(supergraph));

const read = (text: string) => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return policyOf(document, document.definitions[0] as OperationDefinitionNode);
};

const all = (maxAge: number) => ({ maxAge, scope: 'PUBLIC' });
const one = (maxAge: number) => ({ maxAge, scope: 'PRIVATE' });

it.each([
  ['as the field says', '{ publico }', all(60)],
  ['whatever its arguments', '{ publico(n: 1) }', all(60)],
  ['for the shortest time', '{ publico breve }', all(10)],
  ['for one as soon as one field is', '{ publico meu }', one(60)],
  ['for one where nothing says for whom', '{ semEscopo }', one(60)],
  ['for one where somebody must have signed in', '{ mentira }', one(60)],
  ['for one where a permission is needed', '{ comPermissao }', one(60)],
  ['for one where a scalar is for who signed in', '{ cofre }', one(60)],
  ['for one where a union is', '{ dela { __typename } }', one(60)],
  ['no time where it says so', '{ publico zero }', null],
  ['no time where a root field says nothing', '{ publico sempreNovo }', null],
  ['no time where nothing is said of a list', '{ semDica { nome } }', null],
  ['with what scalars inherit', '{ coisas { __typename } }', all(60)],
  ['as deep down as it is asked', '{ coisas { nome } }', all(40)],
  ['no time where an object below says nothing', '{ coisas { dona { nome } } }', null],
  ['as what leads there where it says so', '{ coisas { vizinha { vizinha { __typename } } } }', all(60)],
  ['as the type says', '{ modelos { nome } }', all(20)],
  ['as the type says deep down', '{ coisas { modelo { nome } } }', all(20)],
  ['for one where one needs to sign in deep down', '{ coisas { segredo } }', one(60)],
  ['as the shortest and most private of what an interface may be', '{ algo { nome } }', one(30)],
  [
    'with what fragments ask',
    '{ ...F } fragment F on Query { coisas { ...G } } fragment G on Coisa { segredo }',
    one(60),
  ],
  ['with what inline fragments ask', '{ algo { ... on Coisa { dona { nome } } } }', null],
  ['by alias', '{ publico: sempreNovo }', null],
  [
    'whatever is left out by a variable',
    'query ($x: Boolean!) { publico sempreNovo @include(if: $x) }',
    null,
  ],
  ['no time for what asks nothing', '{ __typename }', null],
  ['no time with introspection', '{ publico __schema { __typename } }', null],
  ['no time for a mutation', 'mutation { mudar }', null],
])('lasts %s', (_, text, policy) => expect(read(text)).toEqual(policy));

it('heeds the operation that is executed, not others beside it', () => {
  expect(read('query A { publico } query B { sempreNovo }')).toEqual(all(60));
});
