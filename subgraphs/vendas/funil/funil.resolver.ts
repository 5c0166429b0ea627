import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Exclusao } from '../../../platform/values';
import type { VendasContext } from '../context';
import { EtapaFunil } from '../etapa/etapa.type';
import { criarFunil } from './criar-funil';
import { editarFunil } from './editar-funil';
import { excluirFunil } from './excluir-funil';
import { CriarFunilInput, EditarFunilInput, ExcluirFunilInput } from './funil.input';
import { Funil } from './funil.type';
import { listarFunis } from './listar-funis';
import { reativarFunil } from './reativar-funil';

@Resolver(() => Funil)
export class FunilResolver {
  @Exige('vendas:ler')
  @Query(() => Funil, {
    nullable: true,
    description: 'Um funil; nulo se não existe ou é de outra organização.',
  })
  funil(@Arg('id', () => ID, { description: 'O funil.' }) id: string, @Ctx() { loaders }: VendasContext) {
    return loaders.funil.load(id);
  }

  @Exige('vendas:ler')
  @Query(() => [Funil], {
    description: 'Os funis da organização, do mais antigo ao mais novo; no máximo 100.',
  })
  funis(
    @Arg('ativo', () => Boolean, {
      defaultValue: true,
      description: 'Ativos (verdadeiro) ou excluídos (falso).',
    })
    ativo: boolean,
    @Ctx() context: VendasContext,
  ) {
    return listarFunis(context, ativo);
  }

  @FieldResolver(() => [EtapaFunil], { description: 'As etapas, na ordem do funil.' })
  async etapas(
    @Root() { id }: Funil,
    @Arg('ativo', () => Boolean, {
      defaultValue: true,
      description: 'Ativas (verdadeiro) ou excluídas (falso).',
    })
    ativo: boolean,
    @Ctx() { loaders }: VendasContext,
  ) {
    return (await loaders.etapasDoFunil.load(id)).filter((etapa) => etapa.ativo === ativo);
  }

  @Exige('vendas:configurar')
  @Mutation(() => Funil, { description: 'Cria um funil com suas etapas.' })
  async criarFunil(
    @Arg('dados', () => CriarFunilInput, { description: 'O novo funil.' }) dados: CriarFunilInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await criarFunil(context, dados);
    return stillThere(context.loaders.funil.load(id), 'Funil');
  }

  @Exige('vendas:configurar')
  @Mutation(() => Funil, { description: 'Altera o nome de um funil.' })
  async editarFunil(
    @Arg('dados', () => EditarFunilInput, { description: 'O novo nome.' }) dados: EditarFunilInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await editarFunil(context, dados);
    return stillThere(context.loaders.funil.load(id), 'Funil');
  }

  @Exige('vendas:configurar')
  @Mutation(() => Exclusao, { description: 'Desativa um funil que não tem oportunidades abertas.' })
  excluirFunil(
    @Arg('dados', () => ExcluirFunilInput, { description: 'Qual.' }) { id }: ExcluirFunilInput,
    @Ctx() context: VendasContext,
  ) {
    return excluirFunil(context, id);
  }

  @Exige('vendas:configurar')
  @Mutation(() => Funil, { description: 'Desfaz a exclusão de um funil.' })
  async reativarFunil(
    @Arg('id', () => ID, { description: 'O funil.' }) id: string,
    @Ctx() context: VendasContext,
  ) {
    await reativarFunil(context, id);
    return stillThere(context.loaders.funil.load(id), 'Funil');
  }
}
