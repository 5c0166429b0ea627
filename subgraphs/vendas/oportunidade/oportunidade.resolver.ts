import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '../../../platform/pagination/connection';
import { Exige } from '../../../platform/subgraph/access';
import { Limite } from '../../../platform/subgraph/limite';
import { Cliente } from '../cliente/cliente.type';
import type { VendasContext } from '../context';
import { EtapaFunil } from '../etapa/etapa.type';
import { Funil } from '../funil/funil.type';
import { HistoricoOportunidadeConnection } from '../historico/historico.type';
import { listarHistorico } from '../historico/listar-historico';
import { MotivoPerda } from '../motivo-perda/motivo-perda.type';
import { Usuario } from '../usuario/usuario.type';
import { listarOportunidades } from './listar-oportunidades';
import { OportunidadeFiltro, OportunidadeOrdem } from './oportunidade.filter';
import { Oportunidade, OportunidadeConnection } from './oportunidade.type';

@Resolver(() => Oportunidade)
export class OportunidadeResolver {
  @Exige('vendas:ler')
  @Query(() => Oportunidade, {
    nullable: true,
    description: 'Uma oportunidade; nulo se não existe ou não está ao alcance de quem pergunta.',
  })
  oportunidade(
    @Arg('id', () => ID, { description: 'A oportunidade.' }) id: string,
    @Ctx() { loaders }: VendasContext,
  ) {
    return loaders.oportunidade.load(id);
  }

  @Exige('vendas:ler')
  @Limite({ max: 300, janela: '1m', por: ['USUARIO'] })
  @Query(() => OportunidadeConnection, {
    description: 'As oportunidades ao alcance de quem pergunta, uma página de cada vez.',
  })
  oportunidades(
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg('filtro', () => OportunidadeFiltro, {
      defaultValue: { ativo: true },
      description: 'Quais oportunidades.',
    })
    filtro: OportunidadeFiltro,
    @Arg('ordem', () => OportunidadeOrdem, {
      defaultValue: OportunidadeOrdem.CRIADA_EM_DESC,
      description: 'Em que ordem.',
    })
    ordem: OportunidadeOrdem,
    @Ctx() context: VendasContext,
  ) {
    return listarOportunidades(context, { filtro, ordem, page });
  }

  @FieldResolver(() => Cliente, {
    nullable: true,
    description: 'A quem se quer vender; nulo se foi apagado de vez.',
  })
  cliente(@Root() { clienteId }: Oportunidade): Cliente | null {
    return clienteId ? { id: clienteId } : null;
  }

  @FieldResolver(() => Funil, { description: 'O funil em que está.' })
  funil(@Root() { funilId }: Oportunidade, @Ctx() { loaders }: VendasContext) {
    return loaders.funil.load(funilId);
  }

  @FieldResolver(() => EtapaFunil, { description: 'A etapa em que está, ou em que foi encerrada.' })
  etapa(@Root() { etapaId }: Oportunidade, @Ctx() { loaders }: VendasContext) {
    return loaders.etapa.load(etapaId);
  }

  @FieldResolver(() => Usuario, { nullable: true, description: 'Quem cuida da oportunidade.' })
  responsavel(@Root() { responsavelId }: Oportunidade): Usuario | null {
    return responsavelId ? { id: responsavelId } : null;
  }

  @FieldResolver(() => MotivoPerda, { nullable: true, description: 'Por que foi perdida; nulo se não foi.' })
  motivoPerda(@Root() { motivoPerdaId }: Oportunidade, @Ctx() { loaders }: VendasContext) {
    return motivoPerdaId ? loaders.motivoPerda.load(motivoPerdaId) : null;
  }

  @FieldResolver(() => HistoricoOportunidadeConnection, {
    description: 'O que aconteceu com ela, do mais novo ao mais antigo.',
  })
  historico(
    @Root() { id }: Oportunidade,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Ctx() context: VendasContext,
  ) {
    return listarHistorico(context, id, page);
  }
}
