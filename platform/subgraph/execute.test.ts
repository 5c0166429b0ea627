import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import { currentScope } from '../db/scope';
import { conflict } from '../errors';
import { CPF } from '../scalars';
import { aCaller, askingAs } from '../testing/callers';
import { createExecutor } from './execute';
import { guardFields } from './guard-fields';

const secret = 'postgres://teia:segredo@10.0.0.1/teia';

const schema = buildSubgraphSchema({
  typeDefs: parse(`
    scalar CPF
    input Dados { cpf: CPF, nome: String!, filhos: [Dados!] }
    type Query {
      escopo: String
      falha(como: String!): String
      recebe(dados: Dados, id: ID, ids: [ID!]): String
      obrigatorio: String!
    }`),
  resolvers: {
    CPF: CPF as never,
    Query: {
      escopo: () => JSON.stringify(currentScope()),
      falha: (_: unknown, { como }: { como: string }) => {
        if (como === 'coded') throw conflict('JA_EXISTE', 'Já existe.', [{ campo: 'x', mensagem: 'y' }]);
        if (como === 'graphql')
          throw new GraphQLError(secret, { extensions: { code: 'CONFLICT', sql: secret } });
        if (como === 'text') throw secret;
        throw Object.assign(new Error(secret), { code: 'XX000', extensions: { code: 'FORBIDDEN', secret } });
      },
      recebe: (_: unknown, args: unknown) => JSON.stringify(args),
      obrigatorio: () => null,
    },
  },
});
guardFields(schema);

const execute = createExecutor({ name: 'teste', schema, createContext: () => ({}) });
const caller = aCaller();
const ask = (query: string, variables: Record<string, unknown> = {}, who: typeof caller | null = caller) =>
  execute({ query, variables }, askingAs(who, { requestId: 'pedido-1' }));

describe('execute', () => {
  it('runs in the scope of the organization of its Caller', async () => {
    const { data } = await ask('{ escopo }');
    expect(JSON.parse(String(data?.escopo))).toMatchObject({
      role: 'inquilino',
      organizacaoId: caller.organizacaoId,
    });
  });

  it('has no scope for anonymous', async () => {
    expect((await ask('{ escopo }', {}, null)).errors?.[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
  });

  it('lets a coded error through as it is', async () => {
    const { data, errors } = await ask('{ a: falha(como: "coded") }');
    expect(data).toEqual({ a: null });
    expect(errors).toEqual([
      {
        message: 'Já existe.',
        path: ['a'],
        extensions: { code: 'CONFLICT', motivo: 'JA_EXISTE', campos: [{ campo: 'x', mensagem: 'y' }] },
      },
    ]);
  });

  it.each(['error', 'graphql', 'text'])('masks whatever else is thrown: %s', async (como) => {
    const { errors } = await ask('query ($como: String!) { falha(como: $como) }', { como });
    expect(errors).toEqual([
      {
        message: 'Erro interno. Informe o código pedido-1 ao suporte.',
        path: ['falha'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'pedido-1' },
      },
    ]);
  });

  it('masks a null where the schema promises a value', async () => {
    const { data, errors } = await ask('{ obrigatorio }');
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
  });

  it.each([
    ['{', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ nada }', 'GRAPHQL_VALIDATION_FAILED'],
    ['', 'GRAPHQL_VALIDATION_FAILED'],
  ])('refuses the document %j', async (query, code) => {
    const { data, errors } = await ask(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions?.code).toBe(code);
  });

  it('names every field of the variables that is wrong, and repeats no value', async () => {
    const query = 'query ($dados: Dados!) { recebe(dados: $dados) }';
    const dados = {
      cpf: '98765432100987',
      filhos: [{ nome: 1 }, { cpf: '111.111.111-11' }],
      outro: 'valor secreto',
    };
    const { errors } = await ask(query, { dados });
    expect(errors).toHaveLength(1);
    const campos = errors?.[0]?.extensions?.campos as { campo: string }[];
    expect(campos.map(({ campo }) => campo).sort()).toEqual([
      'dados.cpf',
      'dados.filhos.0.nome',
      'dados.filhos.1.cpf',
      'dados.filhos.1.nome',
      'dados.nome',
      'dados.outro',
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/98765432100987|111\.111|valor secreto/);
  });

  it('names the field of a value written into the document', async () => {
    const { errors } = await ask('{ recebe(dados: { nome: "a", filhos: [{ nome: "b", cpf: "123" }] }) }');
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'dados.filhos.cpf' }],
    });
  });

  it('hands an id that is no UUID over as one that belongs to nothing', async () => {
    const { data } = await ask(
      '{ recebe(id: "1; DROP TABLE cliente", ids: ["", "019A0000-0000-7000-8000-000000000001"]) }',
    );
    expect(JSON.parse(String(data?.recebe))).toEqual({
      id: '00000000-0000-0000-0000-000000000000',
      ids: ['00000000-0000-0000-0000-000000000000', '019a0000-0000-7000-8000-000000000001'],
    });
  });
});
