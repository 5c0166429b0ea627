import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Exclusao } from '../../../platform/values';
import type { VendasContext } from '../context';
import { criarMotivoPerda } from './criar-motivo-perda';
import { editarMotivoPerda } from './editar-motivo-perda';
import { excluirMotivoPerda } from './excluir-motivo-perda';
import { listarMotivosPerda } from './listar-motivos-perda';
import {
  CriarMotivoPerdaInput,
  EditarMotivoPerdaInput,
  ExcluirMotivoPerdaInput,
  MotivoPerda,
} from './motivo-perda.type';
import { reativarMotivoPerda } from './reativar-motivo-perda';

@Resolver(() => MotivoPerda)
export class MotivoPerdaResolver {
  @Exige('vendas:ler')
  @Query(() => [MotivoPerda], {
    description: 'Os motivos de perda da organização, do mais antigo ao mais novo; no máximo 100.',
  })
  motivosPerda(
    @Arg('ativo', () => Boolean, {
      defaultValue: true,
      description: 'Ativos (verdadeiro) ou excluídos (falso).',
    })
    ativo: boolean,
    @Ctx() context: VendasContext,
  ) {
    return listarMotivosPerda(context, ativo);
  }

  @Exige('vendas:configurar')
  @Mutation(() => MotivoPerda, { description: 'Cria um motivo de perda.' })
  async criarMotivoPerda(
    @Arg('dados', () => CriarMotivoPerdaInput, { description: 'O novo motivo.' })
    dados: CriarMotivoPerdaInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await criarMotivoPerda(context, dados);
    return stillThere(context.loaders.motivoPerda.load(id), 'Motivo de perda');
  }

  @Exige('vendas:configurar')
  @Mutation(() => MotivoPerda, { description: 'Altera o nome de um motivo de perda.' })
  async editarMotivoPerda(
    @Arg('dados', () => EditarMotivoPerdaInput, { description: 'O novo nome.' })
    dados: EditarMotivoPerdaInput,
    @Ctx() context: VendasContext,
  ) {
    const { id } = await editarMotivoPerda(context, dados);
    return stillThere(context.loaders.motivoPerda.load(id), 'Motivo de perda');
  }

  @Exige('vendas:configurar')
  @Mutation(() => Exclusao, { description: 'Desativa um motivo de perda.' })
  excluirMotivoPerda(
    @Arg('dados', () => ExcluirMotivoPerdaInput, { description: 'Qual.' }) { id }: ExcluirMotivoPerdaInput,
    @Ctx() context: VendasContext,
  ) {
    return excluirMotivoPerda(context, id);
  }

  @Exige('vendas:configurar')
  @Mutation(() => MotivoPerda, { description: 'Desfaz a exclusão de um motivo de perda.' })
  async reativarMotivoPerda(
    @Arg('id', () => ID, { description: 'O motivo de perda.' }) id: string,
    @Ctx() context: VendasContext,
  ) {
    await reativarMotivoPerda(context, id);
    return stillThere(context.loaders.motivoPerda.load(id), 'Motivo de perda');
  }
}
