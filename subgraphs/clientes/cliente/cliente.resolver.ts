import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { ConnectionArgs } from '../../../platform/pagination/connection';
import { Documento } from '../../../platform/scalars';
import { Exige } from '../../../platform/subgraph/access';
import { Custa } from '../../../platform/subgraph/cost';
import { Limite } from '../../../platform/subgraph/limite';
import { Exclusao } from '../../../platform/values';
import type { ClientesContext } from '../context';
import { Endereco } from '../endereco/endereco.type';
import { listarNotas } from '../nota/listar-notas';
import { NotaConnection } from '../nota/nota.type';
import { Usuario } from '../usuario/usuario.type';
import {
  ClienteFiltro,
  ClienteOrdem,
  CriarClienteInput,
  EditarClienteInput,
  ExcluirClienteInput,
} from './cliente.input';
import { Cliente, ClienteConnection } from './cliente.type';
import { criarCliente } from './criar-cliente';
import { documentoVisivel } from './documento-visivel';
import { editarCliente } from './editar-cliente';
import { excluirCliente } from './excluir-cliente';
import { listarClientes } from './listar-clientes';
import { reativarCliente } from './reativar-cliente';

@Resolver(() => Cliente)
export class ClienteResolver {
  @Exige('clientes:ler')
  @Query(() => Cliente, {
    nullable: true,
    description: 'Um cliente; nulo se não existe ou não está ao alcance de quem pergunta.',
  })
  cliente(
    @Arg('id', () => ID, { description: 'O cliente.' }) id: string,
    @Ctx() { loaders }: ClientesContext,
  ) {
    return loaders.cliente.load(id);
  }

  @Exige('clientes:ler')
  @Limite({ max: 300, janela: '1m', por: ['USUARIO'] })
  @Custa(10)
  @Query(() => ClienteConnection, {
    description: 'Os clientes ao alcance de quem pergunta, uma página de cada vez.',
  })
  clientes(
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg('filtro', () => ClienteFiltro, { defaultValue: { ativo: true }, description: 'Quais clientes.' })
    filtro: ClienteFiltro,
    @Arg('ordem', () => ClienteOrdem, { defaultValue: ClienteOrdem.NOME_ASC, description: 'Em que ordem.' })
    ordem: ClienteOrdem,
    @Ctx() context: ClientesContext,
  ) {
    return listarClientes(context, { filtro, ordem, page });
  }

  @FieldResolver(() => Documento, { nullable: true })
  documento(@Root() cliente: Cliente, @Ctx() context: ClientesContext) {
    return documentoVisivel(context, cliente);
  }

  @FieldResolver(() => [Endereco], { description: 'Endereços, do mais antigo ao mais novo.' })
  enderecos(@Root() { id }: Cliente, @Ctx() { loaders }: ClientesContext) {
    return loaders.enderecosDoCliente.load(id);
  }

  @FieldResolver(() => NotaConnection, { description: 'Anotações, da mais nova à mais antiga.' })
  notas(
    @Root() { id }: Cliente,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Ctx() context: ClientesContext,
  ) {
    return listarNotas(context, id, page);
  }

  @FieldResolver(() => [String], { description: 'Etiquetas, em ordem alfabética.' })
  async etiquetas(@Root() { id }: Cliente, @Ctx() { loaders }: ClientesContext): Promise<string[]> {
    return (await loaders.etiquetasDoCliente.load(id)).map(({ nome }) => nome);
  }

  @FieldResolver(() => Usuario, { nullable: true, description: 'Quem cuida do cliente.' })
  responsavel(@Root() { responsavelId }: Cliente): Usuario | null {
    return responsavelId ? { id: responsavelId } : null;
  }

  @Exige('clientes:escrever')
  @Mutation(() => Cliente, { description: 'Cadastra um cliente.' })
  async criarCliente(
    @Arg('dados', () => CriarClienteInput, { description: 'O novo cliente.' }) dados: CriarClienteInput,
    @Ctx() context: ClientesContext,
  ) {
    const { id } = await criarCliente(context, dados);
    return stillThere(context.loaders.cliente.load(id), 'Cliente');
  }

  @Exige('clientes:escrever')
  @Mutation(() => Cliente, { description: 'Altera os campos informados de um cliente.' })
  async editarCliente(
    @Arg('dados', () => EditarClienteInput, { description: 'O que muda.' }) dados: EditarClienteInput,
    @Ctx() context: ClientesContext,
  ) {
    const { id } = await editarCliente(context, dados);
    return stillThere(context.loaders.cliente.load(id), 'Cliente');
  }

  @Exige('clientes:excluir', 'clientes:ler')
  @Mutation(() => Exclusao, { description: 'Desativa um cliente ou, com `definitivo`, apaga-o de vez.' })
  excluirCliente(
    @Arg('dados', () => ExcluirClienteInput, { description: 'Qual, e como.' }) dados: ExcluirClienteInput,
    @Ctx() context: ClientesContext,
  ) {
    return excluirCliente(context, dados);
  }

  @Exige('clientes:excluir')
  @Mutation(() => Cliente, { description: 'Desfaz a exclusão de um cliente que não foi apagado de vez.' })
  async reativarCliente(
    @Arg('id', () => ID, { description: 'O cliente.' }) id: string,
    @Ctx() context: ClientesContext,
  ) {
    await reativarCliente(context, id);
    return stillThere(context.loaders.cliente.load(id), 'Cliente');
  }
}
