import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { UsuariosContext } from '../context';
import { SessaoIniciada } from '../sessao/sessao.type';
import { RegistrarOrganizacaoInput } from './organizacao.type';
import { registrarOrganizacao } from './registrar-organizacao';

@Resolver()
export class OrganizacaoResolver {
  @Mutation(() => SessaoIniciada, {
    description:
      'Registra uma organização, com quem a administra, e entra nela. Quem já tem cadastro usa a própria senha; se não confere, o erro é CONFLICT com motivo CADASTRO_NAO_CONCLUIDO.',
  })
  registrarOrganizacao(
    @Arg('dados', () => RegistrarOrganizacaoInput, { description: 'A organização e quem a administra.' })
    dados: RegistrarOrganizacaoInput,
    @Ctx() context: UsuariosContext,
  ) {
    return registrarOrganizacao(context, dados);
  }
}
