import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Exclusao } from '../../../platform/values';
import type { OrganizacoesContext } from '../context';
import { criarUnidade } from './criar-unidade';
import { editarUnidade } from './editar-unidade';
import { excluirUnidade } from './excluir-unidade';
import { reativarUnidade } from './reativar-unidade';
import { CriarUnidadeInput, EditarUnidadeInput, ExcluirUnidadeInput } from './unidade.input';
import { Unidade } from './unidade.type';

@Resolver(() => Unidade)
export class UnidadeResolver {
  @Exige('organizacao:configurar')
  @Mutation(() => Unidade, { description: 'Cria uma unidade da organização.' })
  async criarUnidade(
    @Arg('dados', () => CriarUnidadeInput, { description: 'A nova unidade.' }) dados: CriarUnidadeInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    const { id } = await criarUnidade(context, dados);
    return stillThere(context.loaders.unidade.load(id), 'Unidade');
  }

  @Exige('organizacao:configurar')
  @Mutation(() => Unidade, { description: 'Altera uma unidade.' })
  async editarUnidade(
    @Arg('dados', () => EditarUnidadeInput, { description: 'O que mudar.' }) dados: EditarUnidadeInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    const { id } = await editarUnidade(context, dados);
    return stillThere(context.loaders.unidade.load(id), 'Unidade');
  }

  @Exige('organizacao:configurar')
  @Mutation(() => Exclusao, { description: 'Desativa uma unidade.' })
  excluirUnidade(
    @Arg('dados', () => ExcluirUnidadeInput, { description: 'Qual.' }) { id }: ExcluirUnidadeInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    return excluirUnidade(context, id);
  }

  @Exige('organizacao:configurar')
  @Mutation(() => Unidade, { description: 'Desfaz a exclusão de uma unidade.' })
  async reativarUnidade(
    @Arg('id', () => ID, { description: 'A unidade.' }) id: string,
    @Ctx() context: OrganizacoesContext,
  ) {
    await reativarUnidade(context, id);
    return stillThere(context.loaders.unidade.load(id), 'Unidade');
  }
}
