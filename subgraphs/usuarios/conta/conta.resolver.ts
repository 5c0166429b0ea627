import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';
import { Custa } from '../../../platform/subgraph/cost';
import { Limite } from '../../../platform/subgraph/limite';
import type { UsuariosContext } from '../context';
import { DesativarContaInput, TrocarSenhaInput } from './conta.input';
import { desativarConta } from './desativar-conta';
import { trocarSenha } from './trocar-senha';

@Resolver()
export class ContaResolver {
  @Exige()
  @Limite({ max: 20, janela: '1m', por: ['USUARIO'] })
  @Custa(500)
  @Mutation(() => Boolean, {
    description:
      'Troca a senha de quem pede e encerra as suas outras sessões. Os tokens de acesso emitidos até agora deixam de valer: renove a sessão em seguida. Se a senha atual não confere, o erro é UNAUTHENTICATED com motivo CREDENCIAIS_INVALIDAS.',
  })
  trocarSenha(
    @Arg('dados', () => TrocarSenhaInput, { description: 'As senhas.' }) dados: TrocarSenhaInput,
    @Ctx() context: UsuariosContext,
  ) {
    return trocarSenha(context, dados);
  }

  @Exige()
  @Custa(500)
  @Mutation(() => Boolean, {
    description:
      'Desativa a conta de quem pede em todas as organizações e encerra as suas sessões. O que a pessoa fez continua com o nome dela. Recusada com CONFLICT e motivo ULTIMO_ADMINISTRADOR enquanto alguma organização ficaria sem administrador.',
  })
  desativarConta(
    @Arg('dados', () => DesativarContaInput, { description: 'A confirmação.' }) dados: DesativarContaInput,
    @Ctx() context: UsuariosContext,
  ) {
    return desativarConta(context, dados);
  }
}
