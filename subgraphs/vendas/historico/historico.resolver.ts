import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { VendasContext } from '../context';
import { EtapaFunil } from '../etapa/etapa.type';
import { Usuario } from '../usuario/usuario.type';
import { HistoricoOportunidade } from './historico.type';

@Resolver(() => HistoricoOportunidade)
export class HistoricoOportunidadeResolver {
  @FieldResolver(() => EtapaFunil, {
    nullable: true,
    description: 'A etapa em que estava antes; nula quando foi criada.',
  })
  deEtapa(@Root() { deEtapaId }: HistoricoOportunidade, @Ctx() { loaders }: VendasContext) {
    return deEtapaId ? loaders.etapa.load(deEtapaId) : null;
  }

  @FieldResolver(() => EtapaFunil, { description: 'A etapa em que ficou.' })
  paraEtapa(@Root() { paraEtapaId }: HistoricoOportunidade, @Ctx() { loaders }: VendasContext) {
    return loaders.etapa.load(paraEtapaId);
  }

  @FieldResolver(() => Usuario, { nullable: true, description: 'Quem fez; nulo se foi o sistema.' })
  usuario(@Root() { usuarioId }: HistoricoOportunidade): Usuario | null {
    return usuarioId ? { id: usuarioId } : null;
  }
}
