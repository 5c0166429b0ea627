import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Exclusao } from '../../../platform/values';
import type { ClientesContext } from '../context';
import { Usuario } from '../usuario/usuario.type';
import { adicionarNota } from './adicionar-nota';
import { editarNota } from './editar-nota';
import { excluirNota } from './excluir-nota';
import { AdicionarNotaInput, EditarNotaInput, ExcluirNotaInput, Nota } from './nota.type';

@Resolver(() => Nota)
export class NotaResolver {
  @FieldResolver(() => Usuario, { nullable: true, description: 'Quem escreveu a nota.' })
  autor(@Root() { autorId }: Nota): Usuario {
    return { id: autorId };
  }

  @Exige('clientes:escrever')
  @Mutation(() => Nota, { description: 'Anota algo sobre um cliente.' })
  async adicionarNota(
    @Arg('dados', () => AdicionarNotaInput, { description: 'A nova nota.' }) dados: AdicionarNotaInput,
    @Ctx() context: ClientesContext,
  ) {
    const { id } = await adicionarNota(context, dados);
    return stillThere(context.loaders.nota.load(id), 'Nota');
  }

  @Exige('clientes:escrever')
  @Mutation(() => Nota, { description: 'Altera o texto de uma nota.' })
  async editarNota(
    @Arg('dados', () => EditarNotaInput, { description: 'O novo texto.' }) dados: EditarNotaInput,
    @Ctx() context: ClientesContext,
  ) {
    const { id } = await editarNota(context, dados);
    return stillThere(context.loaders.nota.load(id), 'Nota');
  }

  @Exige('clientes:escrever', 'clientes:ler')
  @Mutation(() => Exclusao, { description: 'Apaga uma nota.' })
  excluirNota(
    @Arg('dados', () => ExcluirNotaInput, { description: 'Qual.' }) { id }: ExcluirNotaInput,
    @Ctx() context: ClientesContext,
  ) {
    return excluirNota(context, id);
  }
}
