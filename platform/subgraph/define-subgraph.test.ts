import { Arg, Directive, Field, FieldResolver, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { Exige } from './access';
import { defineSubgraph } from './define-subgraph';
import { extendedEntity, ownedEntity, referencedEntity } from './entities';

@Directive('@key(fields: "id")')
@ObjectType()
class Pedido {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Comprador')
class CompradorStub {
  @Field(() => ID)
  id: string;
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType()
class Vendedor {
  @Field(() => ID)
  id: string;
}

@ObjectType()
class SemChave {
  @Field(() => ID)
  id: string;
}

@Resolver(() => Pedido)
class PedidoResolver {
  @Exige()
  @Query(() => Pedido, { nullable: true })
  pedido(@Arg('id', () => ID) id: string) {
    return { id };
  }

  @FieldResolver(() => Vendedor, { nullable: true })
  vendedor() {
    return { id: '1' };
  }
}

@Resolver(() => CompradorStub)
class CompradorResolver {
  @Exige()
  @FieldResolver(() => [Pedido])
  pedidos() {
    return [];
  }
}

const definition = {
  name: 'pedidos',
  resolvers: [PedidoResolver, CompradorResolver] as [typeof PedidoResolver, typeof CompradorResolver],
  entities: [
    ownedEntity(Pedido, async (_: object, id) => ({ id })),
    extendedEntity(CompradorStub),
    referencedEntity(Vendedor),
  ],
  start: async () => ({ stop: async () => {} }),
  context: () => ({ caller: null }),
};

describe('defineSubgraph', () => {
  it('prints the federation directives and links them', () => {
    const { sdl } = defineSubgraph(definition);
    expect(sdl).toContain('type Pedido @key(fields: "id")');
    expect(sdl).toContain('type Comprador @key(fields: "id")');
    expect(sdl).toContain('type Vendedor @key(fields: "id", resolvable: false)');
    expect(sdl).toMatch(/@link\(\s*url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.\d+"/);
  });

  it.each([
    ['an extension that is not listed', [0, 2], /Comprador has field resolvers and is neither listed/],
    ['a reference that is not listed', [0, 1], /Vendedor has a @key and is not listed/],
    ['an own entity that is not listed', [1, 2], /Pedido has a @key and is not listed/],
  ])('refuses %s', (_, kept, message) => {
    const entities = kept.map((index) => definition.entities[index]!);
    expect(() => defineSubgraph({ ...definition, entities })).toThrow(message);
  });

  it('refuses an entity without a key', () => {
    const entities = [...definition.entities, referencedEntity(SemChave)];
    expect(() => defineSubgraph({ ...definition, entities })).toThrow(
      /SemChave is listed in entities and has no @key/,
    );
  });

  it('refuses an own entity without a reference resolver', () => {
    const [, ...others] = definition.entities;
    const entities = [{ type: Pedido, kind: 'owned' as const }, ...others];
    expect(() => defineSubgraph({ ...definition, entities })).toThrow(
      /Pedido is owned here and has no reference resolver/,
    );
  });

  it('refuses an entity listed as a bare reference that could be asked for its own fields', () => {
    const entities = [
      definition.entities[0]!,
      definition.entities[1]!,
      referencedEntity(Vendedor),
      referencedEntity(Pedido),
    ];
    expect(() => defineSubgraph({ ...definition, entities })).toThrow(/Pedido/);
  });
});
