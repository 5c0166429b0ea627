import { graphql, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { Arg, Field, InputType, ObjectType, Query, Resolver } from 'type-graphql';
import { Publico } from '../subgraph/access';
import { buildFederatedSchema } from '../subgraph/federated-schema';
import { Texto } from '../subgraph/input-rules';
import { CamposEndereco, type Dinheiro, DinheiroInput, DinheiroType, PageInfo } from '.';

@ObjectType({ description: 'Um endereço com tudo.' })
class EnderecoDeTeste extends CamposEndereco {}

@InputType({ description: 'Um endereço com tudo.' })
class EnderecoDeTesteInput extends CamposEndereco {}

@InputType({ description: 'Uma cobrança.' })
class CobrancaDeTesteInput {
  @Texto({ max: 20 })
  @Field(() => String, { description: 'O que se cobra.' })
  titulo: string;

  @Field(() => DinheiroInput, { description: 'Quanto se cobra.' })
  valor: DinheiroInput;
}

@Resolver(() => DinheiroType)
class ValuesResolver {
  @Publico()
  @Query(() => DinheiroType)
  cobranca(@Arg('dados', () => CobrancaDeTesteInput) { valor }: CobrancaDeTesteInput): Dinheiro {
    return { centavos: valor.centavos, moeda: valor.moeda };
  }

  @Publico()
  @Query(() => EnderecoDeTeste)
  endereco(@Arg('dados', () => EnderecoDeTesteInput) dados: EnderecoDeTesteInput): CamposEndereco {
    return dados;
  }

  @Publico()
  @Query(() => PageInfo)
  pagina(): PageInfo {
    return { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: 'abc' };
  }
}

const { schema, sdl } = buildFederatedSchema({ name: 'teste', entities: [], resolvers: [ValuesResolver] });
const ask = (source: string, variableValues = {}) => graphql({ schema, source, variableValues });

test('a plain amount becomes money with its text, in reais unless it says otherwise', async () => {
  const { data, errors } = await ask(
    '{ cobranca(dados: { titulo: "Frete", valor: { centavos: 123456 } }) { centavos moeda formatado } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ cobranca: { centavos: 123456, moeda: 'BRL', formatado: 'R$\u00a01.234,56' } });
});

test('the largest amount passes through variables exactly', async () => {
  const valor = { centavos: Number.MAX_SAFE_INTEGER, moeda: 'EUR' };
  const query =
    'query ($dados: CobrancaDeTesteInput!) { cobranca(dados: $dados) { centavos moeda formatado } }';
  const { data } = await ask(query, { dados: { titulo: 'Navio', valor } });
  expect(data).toEqual({ cobranca: { ...valor, formatado: '€\u00a090.071.992.547.409,91' } });
});

test('an address is normalised, and its missing fields are null', async () => {
  const { data, errors } = await ask(`{
    endereco(dados: { logradouro: "Avenida Paulista", cidade: "São Paulo", uf: SP, cep: "01310-100" }) {
      logradouro numero complemento bairro cidade uf cep
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    endereco: {
      logradouro: 'Avenida Paulista',
      numero: null,
      complemento: null,
      bairro: null,
      cidade: 'São Paulo',
      uf: 'SP',
      cep: '01310100',
    },
  });
});

test.each([
  { logradouro: ' \n' },
  { logradouro: 'a'.repeat(201) },
  { cidade: '' },
  { numero: '1'.repeat(21) },
  { complemento: 'a'.repeat(1 << 20) },
  { bairro: 'a'.repeat(101) },
])('an empty or overlong part of an address is refused (%#)', async (wrong) => {
  const dados = { logradouro: 'Rua Direita', cidade: 'Olinda', uf: 'PE', cep: '53020000', ...wrong };
  const query = 'query ($dados: EnderecoDeTesteInput!) { endereco(dados: $dados) { cidade } }';
  const { data, errors } = await ask(query, { dados });
  expect(data).toBeNull();
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    campos: [{ campo: `dados.${Object.keys(wrong)[0]}` }],
  });
});

test('a page says where it stands', async () => {
  const { data } = await ask('{ pagina { hasNextPage hasPreviousPage startCursor endCursor } }');
  expect(data).toEqual({
    pagina: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: 'abc' },
  });
});

test('the shared types are shareable, and the address is no type of its own', () => {
  expect(sdl).toContain('type Dinheiro @shareable {');
  expect(sdl).toContain('type PageInfo @shareable {');
  expect(sdl).toContain('moeda: Moeda! = BRL');
  expect(sdl).not.toContain('CamposEndereco');
});

test('every type, field and enum value is described', () => {
  const types = [
    'Dinheiro',
    'DinheiroInput',
    'Moeda',
    'UF',
    'PageInfo',
    'EnderecoDeTeste',
    'EnderecoDeTesteInput',
  ];
  const described = types.map((name) => schema.getType(name));
  const members = described.flatMap((type) => {
    if (isEnumType(type)) return type.getValues();
    return isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
  });
  expect(members.length).toBeGreaterThan(50);
  expect([...described, ...members].filter((part) => !part?.description)).toEqual([]);
});
