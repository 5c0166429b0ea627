const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const nest = (count: number, open: string, inner: string, close: string): string =>
  open.repeat(count) + inner + close.repeat(count);

type Costly = { readonly query: string; readonly variables?: Record<string, unknown> };

/** As much as the limits let through, in one way each, or just beyond them. */
export const costlyRequests: Readonly<Record<string, () => Costly>> = {
  'one field 4,990 times': () => ({ query: `{ eu { ${times(4_980, () => 'id')} } }` }),
  'one field with a list 500 times': () => ({ query: `{ ${times(500, () => 'eu { id nome }')} }` }),
  'fields within the same field, again and again': () => ({
    query: `{ ${times(20, () => `eu { ${times(80, () => 'id')} }`)} }`,
  }),
  '200 fragments in one place': () => ({
    query: `{ ${times(200, (i) => `...F${i}`)} } ${times(200, (i) => `fragment F${i} on Query { eu { id } }`)}`,
  }),
  '500 fragments in one place': () => ({
    query: `{ ${times(500, (i) => `...F${i}`)} } ${times(500, (i) => `fragment F${i} on Query { x${i} }`)}`,
  }),
  'fragments that double': () => ({
    query: `{ ...F0 } ${times(190, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F190 on Query { eu { id } }`,
  }),
  'fragments in a circle': () => ({
    query: `{ ...F0 } ${times(190, (i) => `fragment F${i} on Query { ...F${(i + 1) % 190} }`)}`,
  }),
  '1,600 aliases': () => ({ query: `{ ${times(1_600, (i) => `a${i}: __typename`)} }` }),
  '2,400 directives': () => ({ query: `{ __typename ${times(2_400, () => '@a')} }` }),
  '1,600 levels of fields': () => ({ query: nest(1_600, '{ a ', '', '}') }),
  '1,600 levels of inline fragments': () => ({ query: `{ ${nest(1_600, '... { ', 'eu { id }', '}')} }` }),
  '2,400 levels of lists': () => ({
    query: `{ clientes(after: ${nest(2_400, '[', '1', ']')}) { totalCount } }`,
  }),
  'lists that never end': () => ({ query: `{ clientes(after: ${'['.repeat(4_900)}` }),
  '1,200 levels of objects': () => ({
    query: `{ clientes(after: ${nest(1_200, '{ a: ', '1', '}')}) { totalCount } }`,
  }),
  'an argument with 4,900 values': () => ({
    query: `{ clientes(filtro: { etiqueta: [${times(4_900, (i) => `${i}`)}] }) { totalCount } }`,
  }),
  '4,900 unknown fields': () => ({ query: `{ ${times(4_900, (i) => `clientez${i}`)} }` }),
  '20 operations that share a fragment with 400 variables': () => ({
    query: `${times(20, (i) => `query Q${i} { ...F }`)} fragment F on Query { eu(${times(400, (i) => `x${i}: $v${i}`)}) { id } }`,
  }),
  '1,200 variables': () => ({ query: `query (${times(1_200, (i) => `$v${i}: ID`)}) { eu { id } }` }),
  '90,000 empty lines, and errors below them': () => ({
    query: `${'\n'.repeat(90_000)}{ ${times(500, (i) => `x${i}`)} }`,
  }),
  '1 MB of comments': () => ({ query: `${'#\n'.repeat(500_000)}{ eu { id } }` }),
  'a name of 1 MB': () => ({ query: `{ ${'a'.repeat(1_000_000)} }` }),
  'a text of 95,000 characters': () => ({
    query: `{ clientes(after: "${'\\n'.repeat(47_000)}") { totalCount } }`,
  }),
  '300,000 values in a variable': () => ({
    query: 'query ($f: ClienteFiltro) { clientes(filtro: $f) { totalCount } }',
    variables: { f: { etiqueta: Array.from({ length: 300_000 }, () => 1) } },
  }),
  '9,900 wrong values in a variable': () => ({
    query: 'query ($f: ClienteFiltro) { clientes(filtro: $f) { totalCount } }',
    variables: { f: Object.fromEntries(Array.from({ length: 9_900 }, (_, i) => [`x${i}`, 1])) },
  }),
  'one field with selections 200 times': () => ({
    query: `{ clientes(first: 1) { edges { node { ${times(200, () => 'oportunidades(first: 1) { edges { node { id } } }')} } } } }`,
  }),
  'one field in 190 fragments': () => ({
    query: `{ clientes(first: 1) { edges { node { ${times(190, (i) => `...F${i}`)} } } } } ${times(190, (i) => `fragment F${i} on Cliente { oportunidades(first: 1) { edges { node { id } } } }`)}`,
  }),
  'every name 20 times': () => ({
    query: `{ clientes(first: 1) { edges { node { ${times(20, () => 'oportunidades(first: 1) { edges { node { id titulo ativo versao atualizadoEm criadoEm encerradaEm observacaoPerda previsaoFechamento situacao responsavel { id nome } } } }')} } } } }`,
  }),
  'one field 20 times with 220 values in an argument': () => ({
    query: `{ ${times(20, () => `clientes(first: 1, filtro: { busca: [${times(220, (i) => `${i}`)}] }) { totalCount }`)} }`,
  }),
  'a plan of 384 fields in three subgraphs': () => {
    const deals = (inner: string) =>
      `oportunidades(first: 1) { edges { node { responsavel { nome } cliente { nome responsavel { nome } ${inner} } } } }`;
    return {
      query: `{ ${times(16, (i) => `a${i}: clientes(first: 1) { edges { node { nome responsavel { nome } ${deals(deals(''))} } } }`)} }`,
    };
  },
  'a plan of 393 fields that come from elsewhere': () => ({
    query: `{ clientes(first: 1) { edges { node { ${times(39, (i) => `a${i}: oportunidades(first: 1) { edges { node { titulo responsavel { nome } cliente { nome responsavel { nome } } } } }`)} } } } }`,
  }),
  'pages in pages that cost too much': () => ({
    query: `{ ${times(20, (i) => `a${i}: clientes(first: 100) { edges { node { oportunidades(first: 100) { edges { node { id } } } } } }`)} }`,
  }),
};
