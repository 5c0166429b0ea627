import { Field, ID, InputType, Int } from 'type-graphql';
import { type Alcance, permissionNames } from '../../../platform/permissions';
import { Aninhado, NoMaximo, Texto } from '../../../platform/subgraph/input-rules';
import { Alcances } from './perfil.type';

@InputType({ description: 'Uma permissão que um perfil deve conceder.' })
export class ConcessaoInput {
  @Texto({ max: 100 })
  @Field(() => String, { description: 'O código de uma das `permissoes`: `clientes:escrever`.' })
  permissao: string;

  @Field(() => Alcances, {
    defaultValue: 'TODOS',
    description: 'Até onde ela vai; só `TODOS` se a permissão não tem alcance.',
  })
  alcance: Alcance;
}

const concessoes = 'O que ele permite; cada permissão no máximo uma vez.';

@InputType({ description: 'Um novo perfil.' })
export class CriarPerfilInput {
  @Texto({ max: 100 })
  @Field(() => String, { description: 'Nome do perfil, único na organização; de 1 a 100 caracteres.' })
  nome: string;

  @Aninhado()
  @NoMaximo(permissionNames.length)
  @Field(() => [ConcessaoInput], { description: concessoes })
  concessoes: ConcessaoInput[];
}

@InputType({ description: 'O novo nome de um perfil e o que ele passa a permitir.' })
export class EditarPerfilInput {
  @Field(() => ID, { description: 'O perfil; um dos que toda organização tem não pode ser alterado.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Texto({ max: 100 })
  @Field(() => String, { description: 'Nome do perfil, único na organização; de 1 a 100 caracteres.' })
  nome: string;

  @Aninhado()
  @NoMaximo(permissionNames.length)
  @Field(() => [ConcessaoInput], { description: `${concessoes} Substitui tudo o que permitia antes.` })
  concessoes: ConcessaoInput[];
}

@InputType({ description: 'Qual perfil excluir. Ele é apagado de vez.' })
export class ExcluirPerfilInput {
  @Field(() => ID, { description: 'O perfil, que ninguém pode ter e que não pode ser um dos embutidos.' })
  id: string;
}
