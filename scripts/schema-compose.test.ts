import { apiSchemaOf, composeSupergraph } from './schema-compose';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

const clientes = {
  name: 'clientes',
  sdl: `${link}
    type Query { cliente(id: ID!): Cliente }
    "Quem compra."
    type Cliente @key(fields: "id") { id: ID! nome: String! }`,
};
const vendas = {
  name: 'vendas',
  sdl: `${link}
    type Query { vendas: [Venda!]! }
    type Venda { cliente: Cliente }
    "Quem compra."
    type Cliente @key(fields: "id") { id: ID! vendas: [Venda!]! }`,
};

describe('composeSupergraph', () => {
  it('is the same in whatever order the subgraphs come', () => {
    expect(composeSupergraph([vendas, clientes])).toBe(composeSupergraph([clientes, vendas]));
  });

  it.each([
    ['inputs of one name and other fields', 'input Filtro { a: Int }', 'input Filtro { a: Int b: Int }'],
    [
      'other descriptions',
      '"Uma nota." type Nota { id: ID! @shareable }',
      '"Nota." type Nota { id: ID! @shareable }',
    ],
    ['other fields in a shared type', 'type N @shareable { a: Int }', 'type N @shareable { a: Int b: Int }'],
    ['a field that only one may have', 'type N { a: Int }', 'type N { a: Int }'],
    ['other types for a field', 'type N @shareable { a: Int }', 'type N @shareable { a: String }'],
  ])('refuses %s, naming where', (_, here, there) => {
    const compose = () =>
      composeSupergraph([
        { ...clientes, sdl: clientes.sdl + here },
        { ...vendas, sdl: vendas.sdl + there },
      ]);
    expect(compose).toThrow(/Filtro|Nota|"N/);
  });
});

describe('apiSchemaOf', () => {
  it('has what a client may ask, in alphabetical order, and nothing of federation', () => {
    const api = apiSchemaOf(composeSupergraph([vendas, clientes]));
    expect(api).not.toMatch(/join__|link__|_Any|_service|@key/);
    expect(api).toContain(
      '"""Quem compra."""\ntype Cliente {\n  id: ID!\n  nome: String!\n  vendas: [Venda!]!\n}',
    );
    expect(api.indexOf('type Cliente')).toBeLessThan(api.indexOf('type Query'));
  });
});
