import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Exclusao } from '../../../platform/values';
import type { OrganizacoesContext } from '../context';
import { Usuario } from '../usuario/usuario.type';
import { adicionarMembroDaEquipe } from './adicionar-membro-da-equipe';
import { criarEquipe } from './criar-equipe';
import { editarEquipe } from './editar-equipe';
import {
  AdicionarMembroDaEquipeInput,
  CriarEquipeInput,
  EditarEquipeInput,
  ExcluirEquipeInput,
  RemoverMembroDaEquipeInput,
} from './equipe.input';
import { Equipe } from './equipe.type';
import { excluirEquipe } from './excluir-equipe';
import { reativarEquipe } from './reativar-equipe';
import { removerMembroDaEquipe } from './remover-membro-da-equipe';

@Resolver(() => Equipe)
export class EquipeResolver {
  @FieldResolver(() => [Usuario], {
    nullable: 'items',
    description: 'Quem está na equipe, no máximo 500 pessoas; nulo no lugar de quem não está disponível.',
  })
  async membros(@Root() { id }: Equipe, @Ctx() { loaders }: OrganizacoesContext): Promise<Usuario[]> {
    return (await loaders.membrosDaEquipe.load(id)).map(({ usuarioId }) => ({ id: usuarioId }));
  }

  @Exige('equipes:administrar')
  @Mutation(() => Equipe, { description: 'Cria uma equipe.' })
  async criarEquipe(
    @Arg('dados', () => CriarEquipeInput, { description: 'A nova equipe.' }) dados: CriarEquipeInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    const { id } = await criarEquipe(context, dados);
    return stillThere(context.loaders.equipe.load(id), 'Equipe');
  }

  @Exige('equipes:administrar')
  @Mutation(() => Equipe, { description: 'Altera o nome de uma equipe.' })
  async editarEquipe(
    @Arg('dados', () => EditarEquipeInput, { description: 'O novo nome.' }) dados: EditarEquipeInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    const { id } = await editarEquipe(context, dados);
    return stillThere(context.loaders.equipe.load(id), 'Equipe');
  }

  @Exige('equipes:administrar')
  @Mutation(() => Exclusao, { description: 'Desativa uma equipe; quem está nela deixa de o estar.' })
  excluirEquipe(
    @Arg('dados', () => ExcluirEquipeInput, { description: 'Qual.' }) { id }: ExcluirEquipeInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    return excluirEquipe(context, id);
  }

  @Exige('equipes:administrar')
  @Mutation(() => Equipe, { description: 'Desfaz a exclusão de uma equipe, com quem estava nela.' })
  async reativarEquipe(
    @Arg('id', () => ID, { description: 'A equipe.' }) id: string,
    @Ctx() context: OrganizacoesContext,
  ) {
    await reativarEquipe(context, id);
    return stillThere(context.loaders.equipe.load(id), 'Equipe');
  }

  @Exige('equipes:administrar')
  @Mutation(() => Equipe, { description: 'Põe uma pessoa em uma equipe; quem já está nela continua.' })
  async adicionarMembroDaEquipe(
    @Arg('dados', () => AdicionarMembroDaEquipeInput, { description: 'Quem e onde.' })
    dados: AdicionarMembroDaEquipeInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    const { id } = await adicionarMembroDaEquipe(context, dados);
    return stillThere(context.loaders.equipe.load(id), 'Equipe');
  }

  @Exige('equipes:administrar')
  @Mutation(() => Equipe, { description: 'Tira uma pessoa de uma equipe.' })
  async removerMembroDaEquipe(
    @Arg('dados', () => RemoverMembroDaEquipeInput, { description: 'Quem e de onde.' })
    dados: RemoverMembroDaEquipeInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    const { id } = await removerMembroDaEquipe(context, dados);
    return stillThere(context.loaders.equipe.load(id), 'Equipe');
  }
}
