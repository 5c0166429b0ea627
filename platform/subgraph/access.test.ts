import 'reflect-metadata';
import {
  type ClassType,
  Directive,
  Field,
  FieldResolver,
  ID,
  type NonEmptyArray,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { connectionOf } from '../pagination/connection';
import { Exige, Publico } from './access';
import { type Entity, extendedEntity, ownedEntity } from './entities';
import { buildFederatedSchema } from './federated-schema';

@Directive('@key(fields: "id")')
@Exige('clientes:ler')
@ObjectType()
class Pedido {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  texto: string;

  @Exige('clientes:verDocumento')
  @Field(() => String)
  segredo: string;
}

const PedidoConnection = connectionOf(Pedido, 'Pedido');

@Directive('@key(fields: "id")')
@ObjectType('Comprador')
class CompradorStub {
  @Field(() => ID)
  id: string;
}

@ObjectType()
class Resumo {
  @Field(() => Number)
  pedidos: number;
}

@Resolver(() => Pedido)
class Declared {
  @Query(() => Pedido)
  @Exige()
  pedido() {}

  @Query(() => PedidoConnection)
  @Exige('clientes:ler', 'vendas:ler')
  pedidos() {}

  @Query(() => [Pedido])
  todos() {}

  @Query(() => Resumo)
  @Exige()
  resumo() {}

  @Query(() => Resumo)
  @Publico()
  aberto() {}

  @FieldResolver(() => CompradorStub)
  comprador() {}
}

@Resolver(() => CompradorStub)
class Extending {
  @Exige('clientes:ler')
  @FieldResolver(() => Number)
  pontos() {}
}

const entities: Entity<unknown>[] = [ownedEntity(Pedido, async () => null), extendedEntity(CompradorStub)];
const sdlOf = (resolvers: NonEmptyArray<ClassType>, given = entities): string =>
  buildFederatedSchema({ name: 'pedidos', entities: given, resolvers }).sdl;

describe('what is declared', () => {
  const lines = sdlOf([Declared, Extending]).split('\n');
  const lineOf = (start: string) => lines.find((line) => line.trim().startsWith(start))?.trim();

  it.each([
    ['a type`s own fields', 'texto', 'texto: String! @requiresScopes(scopes: [["clientes:ler"]])'],
    [
      'its fields that are resolved',
      'comprador',
      'comprador: Comprador! @requiresScopes(scopes: [["clientes:ler"]])',
    ],
    [
      'together with what a field says itself',
      'segredo',
      'segredo: String! @requiresScopes(scopes: [["clientes:verDocumento", "clientes:ler"]])',
    ],
    ['what leads to the type', 'pedido:', 'pedido: Pedido! @requiresScopes(scopes: [["clientes:ler"]])'],
    [
      'lists of it',
      'todos',
      'todos: [Pedido!]! @requiresScopes(scopes: [["clientes:ler"]]) @listSize(assumedSize: 10)',
    ],
    [
      'pages of it, once',
      'pedidos: P',
      'pedidos: PedidoConnection! @requiresScopes(scopes: [["clientes:ler", "vendas:ler"]])',
    ],
    ['whoever signed in', 'resumo', 'resumo: Resumo! @authenticated'],
    ['anybody', 'aberto', 'aberto: Resumo! @tag(name: "publico")'],
    [
      'what is added to another`s entity',
      'pontos',
      'pontos: Float! @requiresScopes(scopes: [["clientes:ler"]])',
    ],
  ])('is said of %s', (_, start, line) => {
    expect(lineOf(start)).toBe(line);
  });

  it('is not said of a type, where it would hold for the fields of others, nor of its key', () => {
    expect(lineOf('type Pedido ')).toBe('type Pedido @key(fields: "id") {');
    expect(lines.filter((line) => /^ +id: ID!/.test(line))).toEqual(['  id: ID!', '  id: ID!']);
  });
});

describe('the definition is stopped by', () => {
  it('a root field that says nothing', () => {
    @Resolver()
    class Silent {
      @Query(() => Resumo)
      calado() {}
    }
    expect(() => sdlOf([Declared, Extending, Silent])).toThrow(
      'subgraph pedidos: Query.calado needs @Exige or @Publico',
    );
  });

  it('a field of another`s entity that says nothing', () => {
    @Resolver(() => CompradorStub)
    class Silent {
      @FieldResolver(() => Number)
      saldo() {}
    }
    expect(() => sdlOf([Declared, Extending, Silent])).toThrow('Comprador.saldo needs @Exige or @Publico');
  });

  it('a field for anybody that leads to what is not', () => {
    @Resolver()
    class Contrary {
      @Publico()
      @Query(() => PedidoConnection)
      abertos() {}
    }
    expect(() => sdlOf([Declared, Extending, Contrary])).toThrow(
      'Query.abertos is @Publico and needs clientes:ler',
    );
  });

  it('permissions of which one is enough: nothing would enforce it', () => {
    @Resolver()
    class Alternatives {
      @Directive('@requiresScopes(scopes: [["clientes:ler"], ["vendas:ler"]])')
      @Query(() => Resumo)
      alternativas() {}
    }
    expect(() => sdlOf([Declared, Extending, Alternatives])).toThrow(/alternatives/);
  });
});
