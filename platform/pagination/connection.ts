import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../values/page-info.type';
import { type KeysetOrder, positionOf } from './keyset';
import { toPage } from './page';
import { encodeCursor, type PageRequest } from './page-request';

@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'Quantos itens trazer a partir do início ou de `after`: de 0 a 100, 20 se omitido.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor depois do qual a página começa.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Quantos itens trazer até o fim ou até `before`: de 0 a 100.',
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor antes do qual a página termina.' })
  before?: string | null;
}

/**
 * A Relay connection of a node type: `<Name>Connection` and `<Name>Edge` (GraphQL Cursor Connections Specification).
 *
 * @param directives of both types, for a node type that several subgraphs have: `@shareable`.
 */
export const connectionOf = <Node extends { readonly id: string }>(
  node: ClassType<Node>,
  name: string,
  directives: readonly string[] = [],
) => {
  @ObjectType(`${name}Edge`, { description: `Um item de uma lista de ${name}, com o seu lugar nela.` })
  class Edge {
    @Field(() => String, { description: 'O lugar do item na lista, para `after` e `before`.' })
    cursor: string;

    @Field(() => node, { description: 'O item.' })
    node: Node;
  }

  @ObjectType(`${name}Connection`, { description: `Uma página de uma lista de ${name}.` })
  class Connection {
    @Field(() => [Edge], { description: 'Os itens da página, na ordem pedida.' })
    edges: Edge[];

    @Field(() => PageInfo, { description: 'O que há antes e depois desta página.' })
    pageInfo: PageInfo;

    private readonly count: () => Promise<number>;

    /** @param found what the keyset query of `request` gave in that order, with the one row more that it asks for. */
    constructor(
      found: readonly Node[],
      { request, order }: { readonly request: PageRequest; readonly order: KeysetOrder<Node> },
      count: () => Promise<number>,
    ) {
      const page = toPage(found, request);
      this.edges = page.rows.map((row) => ({
        cursor: encodeCursor(order.nome, positionOf(row, order)),
        node: row,
      }));
      this.pageInfo = {
        hasNextPage: page.hasNextPage,
        hasPreviousPage: page.hasPreviousPage,
        startCursor: this.edges.at(0)?.cursor ?? null,
        endCursor: this.edges.at(-1)?.cursor ?? null,
      };
      this.count = count;
    }

    @Field(() => Int, {
      description: 'Quantos itens a lista inteira tem; custa uma contagem, só feita quando pedida.',
    })
    totalCount(): Promise<number> {
      return this.count();
    }
  }
  for (const directive of directives) {
    Directive(directive)(Edge);
    Directive(directive)(Connection);
  }
  return Connection;
};
