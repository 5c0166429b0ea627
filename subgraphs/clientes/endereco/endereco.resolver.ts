import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { Exige } from '../../../platform/subgraph/access';
import { Exclusao } from '../../../platform/values';
import type { ClientesContext } from '../context';
import { adicionarEndereco } from './adicionar-endereco';
import { editarEndereco } from './editar-endereco';
import { AdicionarEnderecoInput, EditarEnderecoInput, Endereco, ExcluirEnderecoInput } from './endereco.type';
import { excluirEndereco } from './excluir-endereco';

@Resolver(() => Endereco)
export class EnderecoResolver {
  @Exige('clientes:escrever')
  @Mutation(() => Endereco, { description: 'Acrescenta um endereço a um cliente.' })
  async adicionarEndereco(
    @Arg('dados', () => AdicionarEnderecoInput, { description: 'O novo endereço.' })
    dados: AdicionarEnderecoInput,
    @Ctx() context: ClientesContext,
  ) {
    const { id } = await adicionarEndereco(context, dados);
    return stillThere(context.loaders.endereco.load(id), 'Endereço');
  }

  @Exige('clientes:escrever')
  @Mutation(() => Endereco, { description: 'Troca um endereço de um cliente pelo que é informado.' })
  async editarEndereco(
    @Arg('dados', () => EditarEnderecoInput, { description: 'Como deve ficar.' }) dados: EditarEnderecoInput,
    @Ctx() context: ClientesContext,
  ) {
    const { id } = await editarEndereco(context, dados);
    return stillThere(context.loaders.endereco.load(id), 'Endereço');
  }

  @Exige('clientes:escrever', 'clientes:ler')
  @Mutation(() => Exclusao, { description: 'Apaga um endereço de um cliente.' })
  excluirEndereco(
    @Arg('dados', () => ExcluirEnderecoInput, { description: 'Qual.' }) { id }: ExcluirEnderecoInput,
    @Ctx() context: ClientesContext,
  ) {
    return excluirEndereco(context, id);
  }
}
