import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Exclusao } from '../../../platform/values';
import type { VendasContext } from '../context';
import { Funil } from '../funil/funil.type';
import { criarEtapaFunil } from './criar-etapa-funil';
import { editarEtapaFunil } from './editar-etapa-funil';
import {
  CriarEtapaFunilInput,
  EditarEtapaFunilInput,
  ExcluirEtapaFunilInput,
  MoverEtapaFunilInput,
} from './etapa.input';
import { EtapaFunil } from './etapa.type';
import { excluirEtapaFunil } from './excluir-etapa-funil';
import { moverEtapaFunil } from './mover-etapa-funil';
import { reativarEtapaFunil } from './reativar-etapa-funil';

@Resolver(() => EtapaFunil)
export class EtapaFunilResolver {
  @FieldResolver(() => Funil, { description: 'O funil de que é etapa.' })
  funil(@Root() { funilId }: EtapaFunil, @Ctx() { loaders }: VendasContext) {
    return loaders.funil.load(funilId);
  }

  @Exige('vendas:configurar')
  @Mutation(() => EtapaFunil, { description: 'Acrescenta uma etapa ao fim de um funil.' })
  async criarEtapaFunil(
    @Arg('dados', () => CriarEtapaFunilInput, { description: 'A nova etapa.' }) dados: CriarEtapaFunilInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await criarEtapaFunil(context, dados);
    return stillThere(context.loaders.etapa.load(id), 'Etapa');
  }

  @Exige('vendas:configurar')
  @Mutation(() => EtapaFunil, { description: 'Altera o nome e a probabilidade de uma etapa.' })
  async editarEtapaFunil(
    @Arg('dados', () => EditarEtapaFunilInput, { description: 'Como deve ficar.' })
    dados: EditarEtapaFunilInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await editarEtapaFunil(context, dados);
    return stillThere(context.loaders.etapa.load(id), 'Etapa');
  }

  @Exige('vendas:configurar')
  @Mutation(() => EtapaFunil, { description: 'Muda uma etapa de lugar dentro do seu funil.' })
  async moverEtapaFunil(
    @Arg('dados', () => MoverEtapaFunilInput, { description: 'Qual, e para onde.' })
    dados: MoverEtapaFunilInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await moverEtapaFunil(context, dados);
    return stillThere(context.loaders.etapa.load(id), 'Etapa');
  }

  @Exige('vendas:configurar')
  @Mutation(() => Exclusao, {
    description: 'Desativa uma etapa que não tem oportunidades abertas nem é a última do seu funil.',
  })
  excluirEtapaFunil(
    @Arg('dados', () => ExcluirEtapaFunilInput, { description: 'Qual.' }) { id }: ExcluirEtapaFunilInput,
    @Ctx() context: VendasContext,
  ) {
    return excluirEtapaFunil(context, id);
  }

  @Exige('vendas:configurar')
  @Mutation(() => EtapaFunil, {
    description: 'Desfaz a exclusão de uma etapa, que volta para o fim do seu funil.',
  })
  async reativarEtapaFunil(
    @Arg('id', () => ID, { description: 'A etapa.' }) id: string,
    @Ctx() context: VendasContext,
  ) {
    await reativarEtapaFunil(context, id);
    return stillThere(context.loaders.etapa.load(id), 'Etapa');
  }
}
