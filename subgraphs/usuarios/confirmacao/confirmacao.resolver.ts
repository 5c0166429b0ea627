import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Publico } from '../../../platform/subgraph/access';
import { Custa } from '../../../platform/subgraph/cost';
import { Limite } from '../../../platform/subgraph/limite';
import type { UsuariosContext } from '../context';
import { PedirRedefinicaoDeSenhaInput, RedefinirSenhaInput } from './confirmacao.input';
import { pedirRedefinicaoDeSenha } from './pedir-redefinicao-de-senha';
import { redefinirSenha } from './redefinir-senha';

@Resolver()
export class ConfirmacaoResolver {
  @Publico()
  @Limite({ max: 30, janela: '1h', por: ['IP'] })
  @Mutation(() => Boolean, {
    description:
      'Envia um link para escolher outra senha, que vale por 1 hora e leva a `/redefinir-senha#token=…`. A resposta é sempre verdadeira: não diz se há alguém com o e-mail. Um e-mail recebe no máximo 5 destas mensagens por hora.',
  })
  pedirRedefinicaoDeSenha(
    @Arg('dados', () => PedirRedefinicaoDeSenhaInput, { description: 'Quem pede.' })
    { email }: PedirRedefinicaoDeSenhaInput,
    @Ctx() context: UsuariosContext,
  ) {
    return pedirRedefinicaoDeSenha(context, email);
  }

  @Publico()
  @Limite({ max: 30, janela: '1m', por: ['IP'] })
  @Custa(500)
  @Mutation(() => Boolean, {
    description:
      'Troca a senha esquecida e encerra todas as sessões da pessoa. Se o token foi usado, expirou ou não existe, o erro é UNAUTHENTICATED com motivo TOKEN_DE_EMAIL_INVALIDO.',
  })
  redefinirSenha(
    @Arg('dados', () => RedefinirSenhaInput, { description: 'O token e a nova senha.' })
    dados: RedefinirSenhaInput,
    @Ctx() context: UsuariosContext,
  ) {
    return redefinirSenha(context, dados);
  }
}
