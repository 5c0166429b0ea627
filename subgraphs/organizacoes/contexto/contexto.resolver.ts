import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Guardavel } from '../../../platform/subgraph/guardavel';
import { Limite } from '../../../platform/subgraph/limite';
import type { OrganizacoesContext } from '../context';
import { Usuario } from '../usuario/usuario.type';
import { atualizarContexto } from './atualizar-contexto';
import { AtualizarContextoInput, RestaurarContextoInput } from './contexto.input';
import { Contexto } from './contexto.type';
import { ModeloDeContexto } from './modelo.type';
import { modelos } from './modelos';
import { restaurarContexto } from './restaurar-contexto';

@Resolver(() => Contexto)
export class ContextoResolver {
  @Exige('organizacao:ler')
  @Guardavel(300)
  @Query(() => [ModeloDeContexto], { description: 'Os modelos de contexto, um para cada segmento.' })
  modelosDeContexto(): ModeloDeContexto[] {
    return Object.values(modelos);
  }

  @FieldResolver(() => ModeloDeContexto, { description: 'O modelo atual do segmento.' })
  modelo(@Root() { segmento }: Contexto) {
    return modelos[segmento];
  }

  @FieldResolver(() => Usuario, { nullable: true, description: 'Quem escreveu esta versão.' })
  autor(@Root() { autorId }: Contexto): Usuario {
    return { id: autorId };
  }

  @Exige('organizacao:configurar')
  @Limite({ max: 60, janela: '1m', por: ['USUARIO', 'ORGANIZACAO'] })
  @Mutation(() => Contexto, {
    description:
      'Escreve uma nova versão do contexto da organização, se algo muda. O que não atende ao modelo do segmento é dito campo a campo.',
  })
  async atualizarContexto(
    @Arg('dados', () => AtualizarContextoInput, { description: 'O novo contexto.' })
    dados: AtualizarContextoInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    const { id } = await atualizarContexto(context, dados);
    return stillThere(context.loaders.contexto.load(id), 'Contexto');
  }

  @Exige('organizacao:configurar')
  @Mutation(() => Contexto, {
    description:
      'Escreve uma nova versão do contexto igual a uma anterior, se algo muda e se esta ainda atende ao modelo do segmento.',
  })
  async restaurarContexto(
    @Arg('dados', () => RestaurarContextoInput, { description: 'Qual versão.' })
    dados: RestaurarContextoInput,
    @Ctx() context: OrganizacoesContext,
  ) {
    const { id } = await restaurarContexto(context, dados);
    return stillThere(context.loaders.contexto.load(id), 'Contexto');
  }
}
