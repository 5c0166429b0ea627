import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Exclusao } from '../../../platform/values';
import type { VendasContext } from '../context';
import { criarOportunidade } from './criar-oportunidade';
import { editarOportunidade } from './editar-oportunidade';
import { excluirOportunidade } from './excluir-oportunidade';
import { ganharOportunidade } from './ganhar-oportunidade';
import { moverOportunidade } from './mover-oportunidade';
import {
  CriarOportunidadeInput,
  EditarOportunidadeInput,
  ExcluirOportunidadeInput,
  GanharOportunidadeInput,
  MoverOportunidadeInput,
  PerderOportunidadeInput,
} from './oportunidade.input';
import { Oportunidade } from './oportunidade.type';
import { perderOportunidade } from './perder-oportunidade';
import { reabrirOportunidade } from './reabrir-oportunidade';
import { reativarOportunidade } from './reativar-oportunidade';

const changed = ({ loaders }: VendasContext, id: string) =>
  stillThere(loaders.oportunidade.load(id), 'Oportunidade');

@Resolver()
export class OportunidadeMutations {
  @Exige('vendas:escrever')
  @Mutation(() => Oportunidade, { description: 'Abre uma oportunidade.' })
  async criarOportunidade(
    @Arg('dados', () => CriarOportunidadeInput, { description: 'A nova oportunidade.' })
    dados: CriarOportunidadeInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await criarOportunidade(context, dados);
    return stillThere(context.loaders.oportunidade.load(id), 'Oportunidade');
  }

  @Exige('vendas:escrever')
  @Mutation(() => Oportunidade, { description: 'Altera os campos informados de uma oportunidade.' })
  async editarOportunidade(
    @Arg('dados', () => EditarOportunidadeInput, { description: 'O que muda.' })
    dados: EditarOportunidadeInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await editarOportunidade(context, dados);
    return changed(context, id);
  }

  @Exige('vendas:escrever')
  @Mutation(() => Oportunidade, {
    description: 'Muda uma oportunidade aberta de etapa ou de lugar na etapa.',
  })
  async moverOportunidade(
    @Arg('dados', () => MoverOportunidadeInput, { description: 'Qual, e para onde.' })
    dados: MoverOportunidadeInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await moverOportunidade(context, dados);
    return changed(context, id);
  }

  @Exige('vendas:escrever')
  @Mutation(() => Oportunidade, { description: 'Encerra uma oportunidade aberta como ganha.' })
  async ganharOportunidade(
    @Arg('dados', () => GanharOportunidadeInput, { description: 'Qual.' }) { id }: GanharOportunidadeInput,
    @Ctx() context: VendasContext,
  ) {
    await ganharOportunidade(context, id);
    return changed(context, id);
  }

  @Exige('vendas:escrever')
  @Mutation(() => Oportunidade, { description: 'Encerra uma oportunidade aberta como perdida.' })
  async perderOportunidade(
    @Arg('dados', () => PerderOportunidadeInput, { description: 'Qual, e por quê.' })
    dados: PerderOportunidadeInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await perderOportunidade(context, dados);
    return changed(context, id);
  }

  @Exige('vendas:escrever')
  @Mutation(() => Oportunidade, {
    description:
      'Volta a abrir uma oportunidade encerrada, no topo da etapa em que estava. O cliente precisa estar ativo.',
  })
  async reabrirOportunidade(
    @Arg('id', () => ID, { description: 'A oportunidade.' }) id: string,
    @Ctx() context: VendasContext,
  ) {
    await reabrirOportunidade(context, id);
    return changed(context, id);
  }

  @Exige('vendas:excluir', 'vendas:ler')
  @Mutation(() => Exclusao, {
    description: 'Desativa uma oportunidade ou, com `definitivo`, apaga-a de vez.',
  })
  excluirOportunidade(
    @Arg('dados', () => ExcluirOportunidadeInput, { description: 'Qual, e como.' })
    dados: ExcluirOportunidadeInput,
    @Ctx() context: VendasContext,
  ) {
    return excluirOportunidade(context, dados);
  }

  @Exige('vendas:excluir')
  @Mutation(() => Oportunidade, {
    description: 'Desfaz a exclusão de uma oportunidade que não foi apagada de vez.',
  })
  async reativarOportunidade(
    @Arg('id', () => ID, { description: 'A oportunidade.' }) id: string,
    @Ctx() context: VendasContext,
  ) {
    await reativarOportunidade(context, id);
    return changed(context, id);
  }
}
