import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '../../../platform/pagination/connection';
import { Exige } from '../../../platform/subgraph/access';
import { DinheiroType } from '../../../platform/values';
import type { VendasContext } from '../context';
import { OportunidadeConnection } from '../oportunidade/oportunidade.type';
import { Cliente } from './cliente.type';
import { listarOportunidadesDoCliente } from './listar-oportunidades-do-cliente';
import { valorEmAberto } from './valor-em-aberto';

@Resolver(() => Cliente)
export class ClienteResolver {
  @Exige('vendas:ler')
  @FieldResolver(() => OportunidadeConnection, {
    nullable: true,
    description:
      'Oportunidades do cliente ao alcance de quem pergunta, salvo as excluídas, da mais nova à mais antiga.',
  })
  oportunidades(
    @Root() { id }: Cliente,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Ctx() context: VendasContext,
  ) {
    return listarOportunidadesDoCliente(context, id, page);
  }

  @Exige('vendas:ler')
  @FieldResolver(() => [DinheiroType], {
    nullable: true,
    description:
      'Soma das oportunidades abertas do cliente ao alcance de quem pergunta, uma por moeda; vazia se não há nenhuma.',
  })
  valorEmAberto(@Root() { id }: Cliente, @Ctx() context: VendasContext) {
    return valorEmAberto(context, id);
  }
}
